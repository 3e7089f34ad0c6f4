/// Everything that touches the servlet container: its buffers, its error page, its connections.
@NullMarked
package dev.minimalchat.gateway.tomcat;

import org.jspecify.annotations.NullMarked;

/// Client tokens, allowed origins and host names.
@NullMarked
package dev.minimalchat.gateway.access;

import org.jspecify.annotations.NullMarked;

/// Client tokens, and the origins, host names and paths that are allowed.
@NullMarked
package dev.minimalchat.gateway.access;

import org.jspecify.annotations.NullMarked;

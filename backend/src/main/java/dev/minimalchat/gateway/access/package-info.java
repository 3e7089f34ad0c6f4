/// Client tokens and allowed origins.
@NullMarked
package dev.minimalchat.gateway.access;

import org.jspecify.annotations.NullMarked;

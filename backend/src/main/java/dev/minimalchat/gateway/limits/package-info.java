/// Request rates, body sizes and concurrent streams.
@NullMarked
package dev.minimalchat.gateway.limits;

import org.jspecify.annotations.NullMarked;

/// Whether the gateway is up, for whoever routes traffic to it.
@NullMarked
package dev.minimalchat.gateway.health;

import org.jspecify.annotations.NullMarked;

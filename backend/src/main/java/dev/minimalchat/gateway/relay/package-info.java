/// Relays one answer from the provider to a client, whatever form it is written in.
@NullMarked
package dev.minimalchat.gateway.relay;

import org.jspecify.annotations.NullMarked;

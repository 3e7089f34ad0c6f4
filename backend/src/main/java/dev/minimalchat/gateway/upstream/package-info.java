/// The contract with a model provider: one request in, a stream of events out.
@NullMarked
package dev.minimalchat.gateway.upstream;

import org.jspecify.annotations.NullMarked;

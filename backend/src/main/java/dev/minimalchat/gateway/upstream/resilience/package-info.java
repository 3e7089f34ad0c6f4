/// Retry, timeouts and circuit breaker around a model provider.
@NullMarked
package dev.minimalchat.gateway.upstream.resilience;

import org.jspecify.annotations.NullMarked;

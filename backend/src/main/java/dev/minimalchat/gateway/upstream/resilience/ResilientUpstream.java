package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import io.github.resilience4j.retry.Retry;

/// Adds retry, timeouts and a circuit breaker to a provider. From the inside out: retries before
/// the first content event, timeouts over all attempts together, and the circuit breaker.
final class ResilientUpstream implements Upstream {
  private final Upstream provider;
  private final Retry retry;
  private final TimeoutPolicy timeouts;
  private final FairCircuitBreaker breaker;

  ResilientUpstream(
      Upstream provider, Retry retry, TimeoutPolicy timeouts, FairCircuitBreaker breaker) {
    this.provider = provider;
    this.retry = retry;
    this.timeouts = timeouts;
    this.breaker = breaker;
  }

  @Override
  public UpstreamStream stream(UpstreamRequest request) {
    UpstreamStream retrying = new RetryingStream(provider, request, retry);
    UpstreamStream limited = new TimeoutStream(retrying, timeouts);
    return new CircuitBreakerStream(
        limited, breaker, request.caller(), timeouts.timers().getClock());
  }
}

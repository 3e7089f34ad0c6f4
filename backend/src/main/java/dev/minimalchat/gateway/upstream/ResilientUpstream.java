package dev.minimalchat.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;

/// Stands between the chat and a provider that may be slow, broken or busy. From the inside out: a
/// failure that nobody has seen is tried again, the clocks run over all tries together, and the
/// breaker keeps everyone away from a provider that is down.
final class ResilientUpstream implements Upstream {
  private final Upstream provider;
  private final Retry retry;
  private final TimeLimits limits;
  private final CircuitBreaker breaker;

  ResilientUpstream(Upstream provider, Retry retry, TimeLimits limits, CircuitBreaker breaker) {
    this.provider = provider;
    this.retry = retry;
    this.limits = limits;
    this.breaker = breaker;
  }

  @Override
  public UpstreamStream ask(Prompt prompt) {
    UpstreamStream retrying = new RetryingStream(provider, prompt, retry);
    UpstreamStream timed = new TimedStream(retrying, limits);
    return new GuardedStream(timed, breaker);
  }
}

package dev.minimalchat.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import org.springframework.scheduling.TaskScheduler;

/// Stands between the chat and a provider that may be slow, broken or busy. From the inside out: a
/// failure that nobody has seen is tried again, the clocks run over all tries together, and the
/// breaker keeps everyone away from a provider that is down.
final class ResilientUpstream implements Upstream {
  private final Upstream provider;
  private final UpstreamProperties properties;
  private final Retry retry;
  private final CircuitBreaker breaker;
  private final TaskScheduler scheduler;

  ResilientUpstream(
      Upstream provider,
      UpstreamProperties properties,
      Retry retry,
      CircuitBreaker breaker,
      TaskScheduler scheduler) {
    this.provider = provider;
    this.properties = properties;
    this.retry = retry;
    this.breaker = breaker;
    this.scheduler = scheduler;
  }

  @Override
  public UpstreamStream ask(Prompt prompt) {
    UpstreamStream retrying = new RetryingStream(provider, prompt, retry);
    UpstreamStream timed = new TimedStream(retrying, properties, scheduler);
    return new GuardedStream(timed, breaker);
  }
}

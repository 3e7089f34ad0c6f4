package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/// Acquires a circuit-breaker permission and records exactly one result: success at the first
/// content event, error on failure, none if the client disconnects first. While the breaker is half
/// open, a model that works, or a provider that has accepted the request and not failed since, is
/// success enough, because all other requests wait for these results.
final class CircuitBreakerStream implements UpstreamStream {
  /// How long a request must be in a provider's queue without a failure.
  private static final long ACCEPTED_MS = 5_000;

  private final UpstreamStream delegate;
  private final FairCircuitBreaker breaker;
  private final String caller;
  private final InstantSource clock;
  private final AtomicBoolean reported = new AtomicBoolean(true);
  private boolean permitted;
  private long start;
  private long permittedAtMs;

  CircuitBreakerStream(
      UpstreamStream delegate, FairCircuitBreaker breaker, String caller, InstantSource clock) {
    this.delegate = delegate;
    this.breaker = breaker;
    this.caller = caller;
    this.clock = clock;
  }

  @Override
  public UpstreamEvent next() {
    acquirePermission();
    try {
      UpstreamEvent event = delegate.next();
      if (event.isContent() || (breaker.isHalfOpen() && isAccepted(event))) {
        report(() -> breaker.onSuccess(start));
      }
      return event;
    } catch (Failure failure) {
      report(() -> breaker.onError(start, failure, caller));
      throw failure;
    }
  }

  @Override
  public boolean ready() {
    return delegate.ready();
  }

  @Override
  public void close() {
    report(breaker::releasePermission);
    delegate.close();
  }

  private boolean isAccepted(UpstreamEvent event) {
    return event instanceof UpstreamEvent.InProgress
        || (event instanceof UpstreamEvent.KeepAlive
            && clock.millis() - permittedAtMs > ACCEPTED_MS);
  }

  private void acquirePermission() {
    if (!permitted) {
      start = breaker.acquirePermission();
      permitted = true;
      permittedAtMs = clock.millis();
      reported.set(false);
    }
  }

  private void report(Runnable result) {
    if (!reported.getAndSet(true)) {
      result.run();
    }
  }
}

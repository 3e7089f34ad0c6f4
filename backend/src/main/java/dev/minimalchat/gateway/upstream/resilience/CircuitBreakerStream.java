package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.util.concurrent.atomic.AtomicBoolean;

/// Acquires a circuit-breaker permission and records exactly one result: success at the first
/// content event, error on failure, none if the client disconnects first. While the breaker is half
/// open, a model that works is success enough, because all other requests wait for these results.
final class CircuitBreakerStream implements UpstreamStream {
  private final UpstreamStream delegate;
  private final FairCircuitBreaker breaker;
  private final String caller;
  private final AtomicBoolean reported = new AtomicBoolean(true);
  private boolean permitted;
  private long start;

  CircuitBreakerStream(UpstreamStream delegate, FairCircuitBreaker breaker, String caller) {
    this.delegate = delegate;
    this.breaker = breaker;
    this.caller = caller;
  }

  @Override
  public UpstreamEvent next() {
    acquirePermission();
    try {
      UpstreamEvent event = delegate.next();
      if (event.isContent() || (isWorking(event) && breaker.isHalfOpen())) {
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

  private static boolean isWorking(UpstreamEvent event) {
    return event instanceof UpstreamEvent.InProgress;
  }

  private void acquirePermission() {
    if (!permitted) {
      start = breaker.acquirePermission();
      permitted = true;
      reported.set(false);
    }
  }

  private void report(Runnable result) {
    if (!reported.getAndSet(true)) {
      result.run();
    }
  }
}

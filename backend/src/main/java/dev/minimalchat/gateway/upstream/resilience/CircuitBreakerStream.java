package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Acquires a circuit-breaker permission and records exactly one result: success at the first
/// content event, error on failure, none if the client disconnects first.
final class CircuitBreakerStream implements UpstreamStream {
  private final UpstreamStream delegate;
  private final CircuitBreaker breaker;
  private final AtomicBoolean reported = new AtomicBoolean(true);
  private boolean permitted;
  private long start;

  CircuitBreakerStream(UpstreamStream delegate, CircuitBreaker breaker) {
    this.delegate = delegate;
    this.breaker = breaker;
  }

  @Override
  public UpstreamEvent next() {
    acquirePermission();
    try {
      UpstreamEvent event = delegate.next();
      if (event.isContent()) {
        report(() -> breaker.onSuccess(elapsed(), TimeUnit.NANOSECONDS));
      }
      return event;
    } catch (Failure failure) {
      report(() -> breaker.onError(elapsed(), TimeUnit.NANOSECONDS, failure));
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

  private void acquirePermission() {
    if (permitted) {
      return;
    }
    if (!breaker.tryAcquirePermission()) {
      // The longest time that the breaker stays open.
      var waits = breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState();
      Duration wait = Duration.ofMillis(waits.apply(1));
      throw new Failure(ErrorCode.OVERLOADED, "the circuit breaker is open", wait, null);
    }
    permitted = true;
    start = breaker.getCurrentTimestamp();
    reported.set(false);
  }

  private void report(Runnable result) {
    if (!reported.getAndSet(true)) {
      result.run();
    }
  }

  private long elapsed() {
    return breaker.getCurrentTimestamp() - start;
  }
}

package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Asks the breaker before the provider, and tells it how that went, once: well as soon as the
/// answer has begun, badly if the provider failed, and nothing at all if the browser left first.
final class GuardedStream implements UpstreamStream {
  private final UpstreamStream delegate;
  private final CircuitBreaker breaker;
  private final AtomicBoolean told = new AtomicBoolean(true);
  private boolean admitted;
  private long start;

  GuardedStream(UpstreamStream delegate, CircuitBreaker breaker) {
    this.delegate = delegate;
    this.breaker = breaker;
  }

  @Override
  public UpstreamEvent next() {
    admit();
    try {
      UpstreamEvent event = delegate.next();
      if (event.meaningful()) {
        tell(() -> breaker.onSuccess(elapsed(), TimeUnit.NANOSECONDS));
      }
      return event;
    } catch (Failure failure) {
      tell(() -> breaker.onError(elapsed(), TimeUnit.NANOSECONDS, failure));
      throw failure;
    }
  }

  @Override
  public boolean moreIsHere() {
    return delegate.moreIsHere();
  }

  @Override
  public void close() {
    tell(breaker::releasePermission);
    delegate.close();
  }

  private void admit() {
    if (admitted) {
      return;
    }
    if (!breaker.tryAcquirePermission()) {
      throw new Failure(ErrorCode.OVERLOADED, "the breaker is open", whileOpen(), null);
    }
    admitted = true;
    start = breaker.getCurrentTimestamp();
    told.set(false);
  }

  /// How long it stays open at most, which is when to come back.
  private Duration whileOpen() {
    var waits = breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState();
    return Duration.ofMillis(waits.apply(1));
  }

  private void tell(Runnable result) {
    if (!told.getAndSet(true)) {
      result.run();
    }
  }

  private long elapsed() {
    return breaker.getCurrentTimestamp() - start;
  }
}

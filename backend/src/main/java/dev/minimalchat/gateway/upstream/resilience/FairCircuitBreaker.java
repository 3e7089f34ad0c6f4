package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/// A circuit breaker that one caller alone cannot open: of several failures in a row of the same
/// caller only the first counts, because the reason may be what that caller asks. It counts them
/// all where the other callers have another provider while it is open.
final class FairCircuitBreaker {
  private final CircuitBreaker breaker;

  /// Whose failure was counted last; empty at first.
  private final AtomicReference<String> lastFailed = new AtomicReference<>("");

  private final boolean hasFallback;

  /// @param hasFallback whether another provider is asked while it is open
  FairCircuitBreaker(CircuitBreaker breaker, boolean hasFallback) {
    this.breaker = breaker;
    this.hasFallback = hasFallback;
  }

  /// @return the start of the call, for its result
  /// @throws Failure if the breaker is open
  long acquirePermission() {
    if (!breaker.tryAcquirePermission()) {
      // The longest time that the breaker stays open.
      var waits = breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState();
      Duration wait = Duration.ofMillis(waits.apply(1));
      throw new UpstreamFailure(
          ErrorCode.OVERLOADED, false, "the circuit breaker is open", wait, null);
    }
    return breaker.getCurrentTimestamp();
  }

  boolean isHalfOpen() {
    return breaker.getState() == CircuitBreaker.State.HALF_OPEN;
  }

  void releasePermission() {
    breaker.releasePermission();
  }

  void onSuccess(long start) {
    breaker.onSuccess(elapsed(start), TimeUnit.NANOSECONDS);
  }

  void onError(long start, Failure failure, String caller) {
    Predicate<Throwable> isIgnored =
        breaker.getCircuitBreakerConfig().getIgnoreExceptionPredicate();
    if (!hasFallback && !isIgnored.test(failure) && lastFailed.getAndSet(caller).equals(caller)) {
      releasePermission();
    } else {
      breaker.onError(elapsed(start), TimeUnit.NANOSECONDS, failure);
    }
  }

  private long elapsed(long start) {
    return breaker.getCurrentTimestamp() - start;
  }
}

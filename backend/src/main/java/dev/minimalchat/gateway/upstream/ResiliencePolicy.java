package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;

/// When to ask a provider again, and when to leave it alone: the numbers, in one place.
final class ResiliencePolicy {
  static final Duration BREAKER_STAYS_OPEN = Duration.ofSeconds(10);

  private static final int ATTEMPTS = 3;
  private static final IntervalFunction BACKOFF =
      IntervalFunction.ofExponentialRandomBackoff(
          Duration.ofMillis(500), 2, 0.25, Duration.ofSeconds(8));

  private ResiliencePolicy() {}

  /// @param deadline the most that a caller can be kept waiting; a provider that asks for more is
  ///   not asked again, and the caller is told how long instead
  static RetryConfig retries(Duration deadline) {
    return RetryConfig.<UpstreamEvent>custom()
        .maxAttempts(ATTEMPTS)
        .retryOnException(failure ->
            UpstreamFailure.passing(failure)
                && wait(failure, Duration.ZERO).compareTo(deadline) < 0)
        .intervalBiFunction((attempt, outcome) ->
            wait(outcome.getLeft(), Duration.ofMillis(BACKOFF.apply(attempt))).toMillis())
        .build();
  }

  /// Opens when half of the last answers failed. What the provider refuses for a reason of its own
  /// (a bad key, a bad request) says nothing about whether it is up.
  static CircuitBreakerConfig breaker() {
    return CircuitBreakerConfig.custom()
        .slidingWindowSize(20)
        .minimumNumberOfCalls(10)
        .failureRateThreshold(50)
        .permittedNumberOfCallsInHalfOpenState(3)
        .waitDurationInOpenState(BREAKER_STAYS_OPEN)
        .automaticTransitionFromOpenToHalfOpenEnabled(false)
        .ignoreException(failure -> !speaksOfAnOutage(failure))
        .build();
  }

  private static boolean speaksOfAnOutage(Throwable failure) {
    return UpstreamFailure.passing(failure)
        || (failure instanceof Failure known && known.code() == ErrorCode.TIMEOUT);
  }

  private static Duration wait(Throwable failure, Duration otherwise) {
    return failure instanceof Failure known ? known.retryAfter().orElse(otherwise) : otherwise;
  }
}

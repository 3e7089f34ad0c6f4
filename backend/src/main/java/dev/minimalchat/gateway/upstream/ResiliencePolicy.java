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

  /// The most that a person is kept waiting on a provider's word; one that asks for more is not
  /// asked again, and the caller is told how long instead.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final int ATTEMPTS = 3;
  private static final IntervalFunction BACKOFF =
      IntervalFunction.ofExponentialRandomBackoff(
          Duration.ofMillis(500), 2, 0.25, Duration.ofSeconds(8));

  private ResiliencePolicy() {}

  static RetryConfig retries() {
    return RetryConfig.<UpstreamEvent>custom()
        .maxAttempts(ATTEMPTS)
        .retryOnException(failure ->
            UpstreamFailure.passing(failure)
                && wait(failure, Duration.ZERO).compareTo(LONGEST_WAIT) <= 0)
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

package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.FallbackProperties;
import dev.minimalchat.gateway.upstream.FallbackProvider;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamFactory;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.retry.configuration.RetryConfigCustomizer;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.time.Duration;
import java.util.function.Predicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Wraps the provider in [ResilientUpstream], and decides which failures are retried, and which
/// count for the circuit breaker. The numbers are under `resilience4j` in `application.yml`.
@Configuration(proxyBeanMethods = false)
class ResilienceConfiguration {
  private static final String PROVIDER = "provider";
  private static final String FALLBACK = "fallback";

  /// With a fallback.
  private static final Duration FIRST_OUTPUT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration IDLE_TIMEOUT_WITH_FALLBACK = Duration.ofSeconds(20);

  /// A longer `Retry-After` of the provider is passed on to the client instead of waited for.
  private static final Duration MAX_RETRY_DELAY = Duration.ofSeconds(5);

  /// A plain 500 may be the request's own fault, so it is tried less often than an outage.
  private static final int MAX_ATTEMPTS_ON_SERVER_ERROR = 2;

  private static final long NO_RETRY = -1;

  private static final IntervalFunction BACKOFF =
      IntervalFunction.ofExponentialRandomBackoff(
          Duration.ofMillis(500), 2, 0.25, Duration.ofSeconds(8));

  @Bean
  TimeoutPolicy timeoutPolicy(
      UpstreamProperties properties,
      FallbackProperties fallback,
      TimeLimiterRegistry limiters,
      ThreadPoolTaskScheduler timers) {
    Duration firstOutput = fallback.firstOutputTimeout();
    if (firstOutput == null && fallback.isSet()) {
      firstOutput = FIRST_OUTPUT_TIMEOUT;
    }
    Duration idle = properties.idleTimeout();
    if (idle == null) {
      idle = fallback.isSet() ? IDLE_TIMEOUT_WITH_FALLBACK : IDLE_TIMEOUT;
    }
    return new TimeoutPolicy(
        limiters.timeLimiter("first-event", timeout(properties.firstEventTimeout())),
        firstOutput == null ? null : limiters.timeLimiter("first-output", timeout(firstOutput)),
        idle,
        limiters.timeLimiter("total", timeout(properties.totalTimeout())),
        timers);
  }

  @Bean
  Upstream resilientUpstream(
      UpstreamFactory clients,
      Provider provider,
      FallbackProvider fallback,
      UpstreamProperties properties,
      RetryRegistry retries,
      TimeoutPolicy timeouts,
      CircuitBreakerRegistry breakers) {
    Retry retry = retries.retry(PROVIDER);
    CircuitBreaker breaker = breakers.circuitBreaker(PROVIDER);
    Provider second = fallback.provider();
    Upstream primary =
        new ResilientUpstream(
            clients.create(provider),
            retry,
            timeouts,
            new FairCircuitBreaker(breaker, second != null));
    if (second == null) {
      return primary;
    }
    breaker = breakers.circuitBreaker(FALLBACK, breaker.getCircuitBreakerConfig());
    return new FallbackUpstream(
        primary,
        new ResilientUpstream(
            clients.create(second), retry, timeouts, new FairCircuitBreaker(breaker, false)),
        second.model(),
        properties.totalTimeout(),
        timeouts.timers());
  }

  @Bean
  RetryConfigCustomizer retryTransientFailures() {
    return retryTransientFailures(BACKOFF);
  }

  @SuppressWarnings("unchecked") // RetryConfigCustomizer passes a raw builder.
  static RetryConfigCustomizer retryTransientFailures(IntervalFunction backoff) {
    Predicate<Throwable> isRetryable = ResilienceConfiguration::isRetryable;
    IntervalBiFunction<UpstreamEvent> delay =
        (attempt, outcome) -> delayMillis(attempt, backoff.apply(attempt), outcome.getLeft());
    return RetryConfigCustomizer.of(
        PROVIDER, retry -> retry.retryOnException(isRetryable).intervalBiFunction(delay));
  }

  /// An error that depends on the request, such as an invalid key, says nothing about the
  /// provider's availability. The breaker stays open by the timers' clock, which no change of the
  /// computer's clock moves.
  @Bean
  CircuitBreakerConfigCustomizer countOutages(ThreadPoolTaskScheduler timers) {
    return CircuitBreakerConfigCustomizer.of(
        PROVIDER,
        breaker -> breaker.clock(timers.getClock()).ignoreException(failure -> !isOutage(failure)));
  }

  private static TimeLimiterConfig timeout(Duration duration) {
    return TimeLimiterConfig.custom().timeoutDuration(duration).build();
  }

  private static boolean isRetryable(Throwable failure) {
    return UpstreamFailure.isTransient(failure)
        && retryAfter(failure).compareTo(MAX_RETRY_DELAY) <= 0;
  }

  /// The provider's `Retry-After` lengthens the backoff, and never shortens it.
  private static long delayMillis(int attempt, long backoff, Throwable failure) {
    if (attempt >= MAX_ATTEMPTS_ON_SERVER_ERROR && UpstreamFailure.isServerError(failure)) {
      return NO_RETRY;
    }
    return Math.max(backoff, retryAfter(failure).toMillis());
  }

  private static boolean isOutage(Throwable failure) {
    return UpstreamFailure.isTransient(failure)
        || (failure instanceof Failure known && known.code() == ErrorCode.TIMEOUT);
  }

  private static Duration retryAfter(Throwable failure) {
    return failure instanceof Failure known
        ? known.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }
}

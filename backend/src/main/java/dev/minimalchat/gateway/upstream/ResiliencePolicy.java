package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.retry.configuration.RetryConfigCustomizer;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.function.Predicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// When to ask a provider again, and when to leave it alone. How often and for how long are numbers
/// under `resilience4j` in `application.yml`; what counts as which is said here.
@Configuration(proxyBeanMethods = false)
class ResiliencePolicy {
  static final String PROVIDER = "provider";

  /// The most that a person is kept waiting on a provider's word; one that asks for more is not
  /// asked again, and the caller is told how long instead.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final IntervalFunction BACKOFF =
      IntervalFunction.ofExponentialRandomBackoff(
          Duration.ofMillis(500), 2, 0.25, Duration.ofSeconds(8));

  @Bean
  @SuppressWarnings("unchecked") // Resilience4j hands out its builder without its type.
  RetryConfigCustomizer retryWhatPasses() {
    Predicate<Throwable> worthAsking = ResiliencePolicy::worthAsking;
    IntervalBiFunction<UpstreamEvent> wait =
        (attempt, outcome) ->
            wait(outcome.getLeft(), Duration.ofMillis(BACKOFF.apply(attempt))).toMillis();
    return RetryConfigCustomizer.of(
        PROVIDER, retry -> retry.retryOnException(worthAsking).intervalBiFunction(wait));
  }

  /// What the provider refuses for a reason of its own (a bad key, a bad request) says nothing
  /// about whether it is up.
  @Bean
  CircuitBreakerConfigCustomizer breakOnOutages() {
    return CircuitBreakerConfigCustomizer.of(
        PROVIDER, breaker -> breaker.ignoreException(failure -> !speaksOfAnOutage(failure)));
  }

  private static boolean worthAsking(Throwable failure) {
    return UpstreamFailure.passing(failure)
        && wait(failure, Duration.ZERO).compareTo(LONGEST_WAIT) <= 0;
  }

  private static boolean speaksOfAnOutage(Throwable failure) {
    return UpstreamFailure.passing(failure)
        || (failure instanceof Failure known && known.code() == ErrorCode.TIMEOUT);
  }

  private static Duration wait(Throwable failure, Duration otherwise) {
    return failure instanceof Failure known ? known.retryAfter().orElse(otherwise) : otherwise;
  }
}

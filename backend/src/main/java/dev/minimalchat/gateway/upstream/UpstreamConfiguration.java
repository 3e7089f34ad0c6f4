package dev.minimalchat.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Puts the clocks around whichever provider there is.
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

  /// The demo brings its own provider.
  @Bean
  @Profile("!demo")
  Provider provider(UpstreamProperties properties) {
    return properties.provider();
  }

  @Bean
  TimeLimits timeLimits(
      UpstreamProperties properties, TimeLimiterRegistry limiters, ThreadPoolTaskScheduler timers) {
    return new TimeLimits(
        limiters.timeLimiter("first-event", limit(properties.firstEventTimeout())),
        properties.idleTimeout(),
        limiters.timeLimiter("total", limit(properties.totalTimeout())),
        timers.getScheduledExecutor(),
        timers);
  }

  @Bean
  @Primary
  Upstream resilientUpstream(
      Upstream responsesUpstream,
      RetryRegistry retries,
      TimeLimits limits,
      CircuitBreakerRegistry breakers) {
    return new ResilientUpstream(
        responsesUpstream,
        retries.retry(ResiliencePolicy.PROVIDER),
        limits,
        breakers.circuitBreaker(ResiliencePolicy.PROVIDER));
  }

  private static TimeLimiterConfig limit(Duration duration) {
    return TimeLimiterConfig.custom().timeoutDuration(duration).build();
  }
}

package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Wraps the provider in [ResilientUpstream].
@Configuration(proxyBeanMethods = false)
class ResilienceConfiguration {

  @Bean
  TimeoutPolicy timeoutPolicy(
      UpstreamProperties properties, TimeLimiterRegistry limiters, ThreadPoolTaskScheduler timers) {
    return new TimeoutPolicy(
        limiters.timeLimiter("first-event", timeout(properties.firstEventTimeout())),
        properties.idleTimeout(),
        limiters.timeLimiter("total", timeout(properties.totalTimeout())),
        timers);
  }

  @Bean
  @Primary
  Upstream resilientUpstream(
      Upstream responsesUpstream,
      RetryRegistry retries,
      TimeoutPolicy timeouts,
      CircuitBreakerRegistry breakers) {
    return new ResilientUpstream(
        responsesUpstream,
        retries.retry(ResiliencePolicy.PROVIDER),
        timeouts,
        breakers.circuitBreaker(ResiliencePolicy.PROVIDER));
  }

  private static TimeLimiterConfig timeout(Duration duration) {
    return TimeLimiterConfig.custom().timeoutDuration(duration).build();
  }
}

package dev.minimalchat.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.TaskScheduler;

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
  @Primary
  Upstream resilientUpstream(
      Upstream responsesUpstream,
      UpstreamProperties properties,
      RetryRegistry retries,
      CircuitBreakerRegistry breakers,
      TaskScheduler scheduler) {
    return new ResilientUpstream(
        responsesUpstream,
        properties,
        retries.retry(ResiliencePolicy.PROVIDER),
        breakers.circuitBreaker(ResiliencePolicy.PROVIDER),
        scheduler);
  }
}

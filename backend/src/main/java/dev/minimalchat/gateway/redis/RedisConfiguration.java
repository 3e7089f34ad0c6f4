package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.limits.SharedRates;
import dev.minimalchat.gateway.limits.SharedStreams;
import dev.minimalchat.gateway.resume.ResumeProperties;
import dev.minimalchat.gateway.resume.SharedAnswers;
import dev.minimalchat.gateway.usage.SharedTokenCount;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Shares through Redis, or not. Decided at start, because a condition would be decided when the
/// image is built. No signature here names a class of the client's library, so that none is loaded
/// without `REDIS_URL`.
@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

  @Bean
  SharedState sharedState(
      RedisProperties redis,
      ResumeProperties resume,
      MeterRegistry meters,
      ThreadPoolTaskScheduler timers) {
    return redis.url() == null
        ? SharedState.none()
        : RedisState.open(redis, resume, meters, timers);
  }

  @Bean
  SharedRates sharedRates(SharedState shared) {
    return shared.rates();
  }

  @Bean
  SharedStreams sharedStreams(SharedState shared) {
    return shared.streams();
  }

  @Bean
  SharedAnswers sharedAnswers(SharedState shared) {
    return shared.answers();
  }

  @Bean
  SharedTokenCount sharedTokenCount(SharedState shared) {
    return shared.tokens();
  }
}

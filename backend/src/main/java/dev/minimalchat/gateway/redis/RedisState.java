package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.resume.ResumeProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Creates the [SharedState] that is kept in Redis.
final class RedisState {
  private RedisState() {}

  static SharedState open(
      RedisProperties properties,
      ResumeProperties resume,
      MeterRegistry meters,
      ThreadPoolTaskScheduler timers) {
    RedisAddress address = RedisAddress.parse(Objects.requireNonNull(properties.url()));
    RedisKeys keys = new RedisKeys(properties.secret(), address.password());
    RedisConnection redis = RedisConnection.open(address, meters, timers);
    RedisAnswers answers = RedisAnswers.start(redis, resume.ttl(), timers);
    RedisRates rates = new RedisRates(redis, keys);
    Thread.ofVirtual().name("redis-rates").start(rates::prepare);
    RedisStreams streams = RedisStreams.start(redis, keys, timers);
    return new SharedState(
        rates,
        streams,
        new RedisTokenCount(redis),
        answers,
        () -> {
          answers.close();
          streams.close();
          redis.close();
        });
  }
}

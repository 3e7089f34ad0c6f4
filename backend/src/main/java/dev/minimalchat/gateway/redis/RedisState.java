package dev.minimalchat.gateway.redis;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// Creates the [SharedState] that is kept in Redis.
final class RedisState {
  private RedisState() {}

  static SharedState open(
      RedisProperties properties, MeterRegistry meters, ThreadPoolTaskScheduler timers) {
    RedisAddress address = RedisAddress.parse(Objects.requireNonNull(properties.url()));
    RedisKeys keys = new RedisKeys(properties.secret(), address.password());
    RedisConnection redis = RedisConnection.open(address, meters, timers);
    RedisStreams streams = RedisStreams.start(redis, keys, timers);
    return new SharedState(
        new RedisRates(redis, keys),
        streams,
        new RedisTokenCount(redis),
        () -> {
          streams.close();
          redis.close();
        });
  }
}

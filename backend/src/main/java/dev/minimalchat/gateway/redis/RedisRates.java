package dev.minimalchat.gateway.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.minimalchat.gateway.limits.RateLimit;
import dev.minimalchat.gateway.limits.SharedRates;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.distributed.serialization.Mapper;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisPooled;

/// The request rates of all instances: for each client a token bucket that refills continuously.
///
/// A bucket is changed by compare and set. Concurrent requests of a client are one change, or else
/// a burst would spend its time on lost races, until its calls are too late for Redis to count.
final class RedisRates implements SharedRates {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /// From the last request on. Longer than a bucket needs to be full, and short, so that a change
  /// of Redis' clock cannot lock a client out for longer.
  private static final Duration EXPIRY = Duration.ofMinutes(2);

  private static final int MAX_BUCKETS = 10_000;

  private final RedisConnection redis;
  private final RedisKeys keys;
  private final RedisClock clock = new RedisClock();
  private final Cache<String, BucketProxy> buckets =
      Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(EXPIRY).build();

  RedisRates(RedisConnection redis, RedisKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  @Override
  public @Nullable RateLimit acquire(String client, int perMinute) {
    if (!clock.synchronize(redis)) {
      return null;
    }
    String key = keys.rate(client, perMinute);
    return redis.call(jedis -> consume(jedis, key, perMinute)).orElse(null);
  }

  /// Loads what a request needs, so that a burst right after the start is not too late for Redis.
  void prepare() {
    var _ = acquire("", 1);
  }

  private RateLimit consume(JedisPooled jedis, String key, int perMinute) {
    ConsumptionProbe probe =
        buckets.get(key, _ -> bucket(jedis, key, perMinute)).tryConsumeAndReturnRemaining(1);
    long nanos =
        probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
    return new RateLimit(
        probe.isConsumed(),
        Math.toIntExact(probe.getRemainingTokens()),
        Duration.ofNanos(Math.min(nanos, PERIOD.toNanos())));
  }

  private BucketProxy bucket(JedisPooled jedis, String key, int perMinute) {
    return manager(jedis)
        .builder()
        .withOptimization(Optimizations.batching())
        .build(key, () -> configuration(perMinute));
  }

  private ProxyManager<String> manager(JedisPooled jedis) {
    return Bucket4jJedis.casBasedBuilder(jedis)
        .keyMapper(Mapper.STRING)
        .clientClock(clock)
        .requestTimeout(RedisConnection.CALL_TIMEOUT)
        .expirationAfterWrite(ExpirationAfterWriteStrategy.fixedTimeToLive(EXPIRY))
        .build();
  }

  private static BucketConfiguration configuration(int perMinute) {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, PERIOD))
        .build();
  }
}

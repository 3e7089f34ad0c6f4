package dev.minimalchat.gateway.redis;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisPooled;

/// The time of Redis' clock, so that an instance whose own clock is wrong does not empty or fill
/// the buckets of the others. Between two readings it follows [System#nanoTime].
final class RedisClock implements TimeMeter {
  private static final String TIME = "return redis.call('TIME')";
  private static final Duration MAX_AGE = Duration.ofMinutes(1);

  private final AtomicReference<@Nullable CompletableFuture<Boolean>> running =
      new AtomicReference<>();

  private volatile @Nullable Reading reading;

  /// Reads Redis' clock if the last reading is too old. Only the first reading is waited for, by
  /// all concurrent requests.
  ///
  /// @return whether the time is known
  boolean synchronize(RedisConnection redis) {
    Reading last = reading;
    if (last != null && System.nanoTime() - last.localNanos < MAX_AGE.toNanos()) {
      return true;
    }
    CompletableFuture<Boolean> own = new CompletableFuture<>();
    CompletableFuture<Boolean> other = running.compareAndExchange(null, own);
    if (last == null) {
      return other == null ? read(redis, own) : other.join();
    }
    if (other == null) {
      Thread.ofVirtual().name("redis-clock").start(() -> read(redis, own));
    }
    return true;
  }

  private boolean read(RedisConnection redis, CompletableFuture<Boolean> own) {
    try {
      own.complete(redis.call(this::read).isPresent());
    } finally {
      running.set(null);
      own.complete(false); // unless it is complete
    }
    return own.join();
  }

  private Reading read(JedisPooled redis) {
    // Seconds, and microseconds of the second.
    List<?> time = (List<?>) redis.eval(TIME);
    long nanos =
        TimeUnit.SECONDS.toNanos(Long.parseLong((String) time.get(0)))
            + TimeUnit.MICROSECONDS.toNanos(Long.parseLong((String) time.get(1)));
    Reading latest = new Reading(nanos, System.nanoTime());
    reading = latest;
    return latest;
  }

  @Override
  public long currentTimeNanos() {
    Reading last = Objects.requireNonNull(reading);
    return last.redisNanos + System.nanoTime() - last.localNanos;
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }

  private record Reading(long redisNanos, long localNanos) {}
}

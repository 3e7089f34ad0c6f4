package dev.minimalchat.gateway.redis;

import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/// What one instance shares through Redis. Only the test advances its timers.
final class TestRedis implements AutoCloseable {
  private static final Duration RENEWAL = Duration.ofSeconds(10);

  final FakeScheduler timers = new FakeScheduler();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final RedisConnection connection;
  private final RedisKeys keys = new RedisKeys("key", null);
  private final RedisRates rates;

  TestRedis(String url) {
    connection = RedisConnection.open(RedisAddress.parse(url), meters, timers);
    rates = new RedisRates(connection, keys);
  }

  RedisRates rates() {
    return rates;
  }

  /// Leases with a short time to live, which only the test renews.
  RedisStreams streams(Duration ttl) {
    return new RedisStreams(connection, keys, timers, ttl, RENEWAL);
  }

  RedisTokenCount tokens() {
    return new RedisTokenCount(connection);
  }

  RedisKeys keys() {
    return keys;
  }

  boolean isUp() {
    return meters.get("redis.up").gauge().value() == 1;
  }

  /// Lets the probes find out that Redis is back.
  void awaitUp() {
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> {
          timers.advance(Duration.ofSeconds(5));
          return isUp();
        });
  }

  @Override
  public void close() {
    connection.close();
  }
}

package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.limits.SharedStreams.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

class RedisStreamsIT {
  @RegisterExtension static final RedisServer SERVER = new RedisServer();

  private static final String CLIENT = "203.0.113.7";
  private static final int MAX = 4;
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final TestRedis one = new TestRedis(SERVER.url());
  private final TestRedis two = new TestRedis(SERVER.url());

  @BeforeEach
  void clear() {
    SERVER.clear();
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void admitsFourOfFiveAnswersAcrossInstances() {
    RedisStreams here = one.streams(LONG);
    RedisStreams there = two.streams(LONG);
    List<@Nullable Lease> leases = new ArrayList<>();
    for (int i = 0; i <= MAX; i++) {
      leases.add((i % 2 == 0 ? here : there).acquire(CLIENT, MAX));
    }

    assertThat(leases.subList(0, MAX)).doesNotContainNull();
    assertThat(leases.getLast()).isNull();
    assertThat(there.acquire("203.0.113.8", MAX)).isNotNull();
  }

  @Test
  void admitsTheLimitForConcurrentAnswers() throws Exception {
    RedisStreams streams = one.streams(LONG);
    Callable<Boolean> answer = () -> streams.acquire(CLIENT, MAX) != null;
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers =
          IntStream.range(0, 40).mapToObj(_ -> crowd.submit(answer)).toList();
      int admitted = 0;
      for (Future<Boolean> each : answers) {
        admitted += each.get() ? 1 : 0;
      }
      assertThat(admitted).isEqualTo(MAX);
    }
  }

  @Test
  void admitsTheLimitOfEachClientInABurst() throws Exception {
    int clients = 150;
    RedisStreams here = one.streams(LONG);
    RedisStreams there = two.streams(LONG);
    List<Callable<Boolean>> answers =
        IntStream.range(0, clients * 2 * MAX)
            .<Callable<Boolean>>mapToObj(i -> {
              String client = "198.51.100." + i % clients;
              return () -> (i < clients * MAX ? here : there).acquire(client, MAX) != null;
            })
            .toList();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      int admitted = 0;
      for (Future<Boolean> each : crowd.invokeAll(answers)) {
        admitted += each.get() ? 1 : 0;
      }
      assertThat(admitted).isEqualTo(clients * MAX);
    }
  }

  @Test
  void aClosedLeaseAdmitsTheNextAnswerOnce() {
    RedisStreams here = one.streams(LONG);
    RedisStreams there = two.streams(LONG);
    Lease lease = Objects.requireNonNull(here.acquire(CLIENT, 1));
    assertThat(there.acquire(CLIENT, 1)).isNull();

    lease.close();
    lease.close();

    assertThat(there.acquire(CLIENT, 1)).isNotNull();
    assertThat(here.acquire(CLIENT, 1)).isNull();
  }

  @Test
  void theLeaseOfACrashedInstanceExpires() {
    assertThat(one.streams(SHORT).acquire(CLIENT, 1)).isNotNull();
    RedisStreams there = two.streams(SHORT);
    assertThat(there.acquire(CLIENT, 1)).isNull();

    await().atMost(TestTimeouts.LIMIT).until(() -> there.acquire(CLIENT, 1) != null);
  }

  @Test
  void aRenewedLeaseDoesNotExpire() {
    RedisStreams here = one.streams(LONG);
    here.acquire(CLIENT, 1);
    try (Jedis redis = SERVER.connect()) {
      String key = one.keys().streams(CLIENT);
      double expiry = redis.zrangeWithScores(key, 0, -1).getFirst().getScore();
      await().atMost(TestTimeouts.LIMIT).until(() -> redisMillis(redis) > expiry - LONG.toMillis());

      here.renew();

      assertThat(redis.zrangeWithScores(key, 0, -1))
          .singleElement()
          .satisfies(lease -> assertThat(lease.getScore()).isGreaterThan(expiry));
      assertThat(redis.pttl(key)).isBetween(1L, LONG.toMillis());
    }
  }

  @Test
  void aRenewalAddsTheLeasesThatRedisHasLost() {
    RedisStreams here = one.streams(LONG);
    for (int i = 0; i < 250; i++) {
      here.acquire("client " + i, 1);
    }
    SERVER.clear();

    here.renew();

    try (Jedis redis = SERVER.connect()) {
      assertThat(redis.keys("mc:streams:*")).hasSize(250);
    }
    assertThat(two.streams(LONG).acquire("client 249", 1)).isNull();
  }

  @Test
  void theTimerRenews() {
    RedisStreams here = RedisStreams.start(one.connection, one.keys(), one.timers);
    here.acquire(CLIENT, 1);
    SERVER.clear();

    one.timers.advance(Duration.ofSeconds(10));

    try (Jedis redis = SERVER.connect()) {
      await().atMost(TestTimeouts.LIMIT).until(() -> redis.exists(one.keys().streams(CLIENT)));
    }
    here.close();
  }

  @Test
  void aRenewalDoesNotReviveALeaseThatWasClosed() throws Exception {
    RedisStreams here = one.streams(LONG);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        Lease lease = Objects.requireNonNull(here.acquire(CLIENT, 1));
        Future<?> renewal = threads.submit(here::renew);
        lease.close();
        renewal.get();
        assertThat(activeLeases()).as("after %d", i).isZero();
      }
    }
  }

  @Test
  void everyKeyExpires() {
    one.streams(LONG).acquire(CLIENT, 1);

    try (Jedis redis = SERVER.connect()) {
      assertThat(redis.pttl(one.keys().streams(CLIENT))).isBetween(1L, LONG.toMillis());
    }
  }

  private long activeLeases() {
    try (Jedis redis = SERVER.connect()) {
      return redis.zcard(one.keys().streams(CLIENT));
    }
  }

  private static double redisMillis(Jedis redis) {
    List<String> time = redis.time();
    return Long.parseLong(time.getFirst()) * 1000.0 + Long.parseLong(time.getLast()) / 1000.0;
  }
}

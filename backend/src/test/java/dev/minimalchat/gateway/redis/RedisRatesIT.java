package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.limits.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

class RedisRatesIT {
  @RegisterExtension static final RedisServer SERVER = new RedisServer();

  private static final int RATE = 20;
  private static final String CLIENT = "203.0.113.7";

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
  void admitsTheRateOnceAcrossInstances() {
    long admitted =
        IntStream.range(0, 3 * RATE)
            .filter(i -> acquire(i % 2 == 0 ? one : two, CLIENT, RATE).permitted())
            .count();

    assertThat(admitted).isEqualTo(RATE);
  }

  @Test
  void admitsTheRateOnceForConcurrentRequests() throws Exception {
    Callable<Boolean> request = () -> acquire(one, CLIENT, RATE).permitted();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> requests =
          IntStream.range(0, 2 * RATE).mapToObj(_ -> crowd.submit(request)).toList();
      int admitted = 0;
      for (Future<Boolean> each : requests) {
        admitted += each.get() ? 1 : 0;
      }
      assertThat(admitted).isEqualTo(RATE);
    }
  }

  @Test
  void admitsTheRateOnceForABurstAtTwoInstances() throws Exception {
    int rate = 120;
    List<Callable<Boolean>> requests =
        IntStream.range(0, 5 * rate)
            .<Callable<Boolean>>mapToObj(
                i -> () -> acquire(i % 2 == 0 ? one : two, CLIENT, rate).permitted())
            .toList();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      int admitted = 0;
      for (Future<Boolean> each : crowd.invokeAll(requests)) {
        admitted += each.get() ? 1 : 0;
      }
      assertThat(admitted).isEqualTo(rate);
    }
  }

  @Test
  void countsEachClientInABurst() throws Exception {
    List<Callable<Integer>> requests =
        IntStream.range(0, 1_000)
            .<Callable<Integer>>mapToObj(
                i -> () -> acquire(i % 2 == 0 ? one : two, CLIENT + "-" + i, 1).remaining())
            .toList();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : crowd.invokeAll(requests)) {
        assertThat(each.get()).isZero();
      }
    }
  }

  @Test
  void reportsTheRemainingRequestsAndTheWait() {
    assertThat(acquire(one, CLIENT, 2))
        .returns(true, RateLimit::permitted)
        .returns(1, RateLimit::remaining);
    assertThat(acquire(two, CLIENT, 2)).returns(0, RateLimit::remaining);

    RateLimit refused = acquire(one, CLIENT, 2);

    assertThat(refused.permitted()).isFalse();
    assertThat(refused.reset()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
  }

  @Test
  void limitsEachClientSeparately() {
    acquire(one, CLIENT, 1);

    assertThat(acquire(two, CLIENT, 1).permitted()).isFalse();
    assertThat(acquire(two, "203.0.113.8", 1).permitted()).isTrue();
    assertThat(acquire(two, "token " + CLIENT, 1).permitted()).isTrue();
  }

  @Test
  void aChangedLimitStartsANewBucket() {
    acquire(one, CLIENT, 1);
    assertThat(acquire(one, CLIENT, 1).permitted()).isFalse();

    assertThat(acquire(one, CLIENT, 2).remaining()).isOne();
  }

  @Test
  void everyKeyExpires() {
    acquire(one, CLIENT, RATE);

    try (Jedis redis = SERVER.connect()) {
      assertThat(redis.keys("mc:rate:*"))
          .singleElement()
          .satisfies(key -> assertThat(redis.pttl(key)).isBetween(60_000L, 120_000L));
    }
  }

  private static RateLimit acquire(TestRedis instance, String client, int perMinute) {
    return Objects.requireNonNull(instance.rates().acquire(client, perMinute));
  }
}

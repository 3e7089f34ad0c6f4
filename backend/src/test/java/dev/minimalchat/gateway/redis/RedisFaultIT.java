package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.TestTimeouts;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/// Redis fails in every way that can be produced here: no call throws, none waits for long, and a
/// working Redis is used again.
@ExtendWith(OutputCaptureExtension.class)
class RedisFaultIT {
  @RegisterExtension static final RedisServer SERVER = new RedisServer();

  @RegisterExtension
  static final RedisServer PROTECTED = new RedisServer("--requirepass", "p@ss/word");

  @RegisterExtension
  static final RedisServer FULL =
      new RedisServer("--maxmemory", "1mb", "--maxmemory-policy", "noeviction");

  @RegisterExtension
  static final RedisServer REPLICA = new RedisServer("--replicaof", "127.0.0.1 1");

  private static final String CLIENT = "203.0.113.7";
  private static final String WARNING = "Redis is not available";

  /// Five calls wait for a timeout of 200 ms, a few more may run at the same time.
  private static final Duration MAX_TOTAL = Duration.ofSeconds(3);

  @Test
  void aFrozenRedisDelaysFiveCallsAndIsUsedAgain(CapturedOutput output) {
    try (TestRedis redis = new TestRedis(SERVER.url())) {
      redis.awaitUp();
      SERVER.freeze();
      try {
        List<Duration> calls = assertUnavailable(redis, 100);
        assertThat(calls.subList(0, 5)).allMatch(it -> it.toMillis() < 400);
        assertThat(calls.subList(10, 100)).allMatch(it -> it.toMillis() < 100);
      } finally {
        SERVER.resume();
      }
      assertUsedAgain(redis);
    }
    assertThat(output).containsOnlyOnce(WARNING);
  }

  @Test
  void aCrashedRedisIsUsedAgainAfterItsRestart(CapturedOutput output) {
    try (TestRedis redis = new TestRedis(SERVER.url())) {
      redis.awaitUp();
      SERVER.stop();
      try {
        assertUnavailable(redis, 100);
      } finally {
        SERVER.start();
      }
      assertUsedAgain(redis);
    }
    assertThat(output).containsOnlyOnce(WARNING);
  }

  /// Each pooled connection is lost. They are replaced after the first failure, so the breaker does
  /// not open.
  @Test
  void aRestartBetweenTwoCallsCostsOneOfThem() throws Exception {
    try (TestRedis redis = new TestRedis(SERVER.url())) {
      redis.awaitUp();
      assertThat(concurrentCalls(redis, 16)).hasSize(16);
      SERVER.stop();
      SERVER.start();

      assertThat(redis.rates().acquire(CLIENT, 5)).isNull();
      assertThat(redis.rates().acquire(CLIENT, 5)).isNotNull();
    }
  }

  @Test
  void usesRedisOnceItHasStarted() {
    SERVER.stop();
    try (TestRedis redis = new TestRedis(SERVER.url())) {
      assertUnavailable(redis, 20);
      SERVER.start();
      assertUsedAgain(redis);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {":p%40ss%2Fword@", "default:p%40ss%2Fword@", "p%40ss%2Fword@"})
  void sendsThePassword(String user) {
    String url = PROTECTED.url().replace("//", "//" + user);
    try (TestRedis redis = new TestRedis(url)) {
      redis.awaitUp();
      assertUsedAgain(redis);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {":wrong-canary@", "someone:p%40ss%2Fword@", ""})
  void aWrongPasswordIsReportedByItsCode(String user, CapturedOutput output) {
    String url = PROTECTED.url().replace("//", "//" + user);
    try (TestRedis redis = new TestRedis(url)) {
      assertUnavailable(redis, 20);
    }
    assertThat(output)
        .containsOnlyOnce(WARNING)
        .containsPattern("WRONGPASS|NOAUTH")
        .doesNotContain("canary", "someone", "p@ss");
  }

  @Test
  void selectsTheDatabaseOfTheUrl() {
    try (TestRedis redis = new TestRedis(SERVER.url() + "/3")) {
      redis.awaitUp();
      redis.tokens().report(LocalDate.of(2027, 1, 15), 5);
    }
    try (Jedis server = SERVER.connect()) {
      assertThat(server.exists("mc:day:2027-01-15")).isFalse();
      server.select(3);
      assertThat(server.exists("mc:day:2027-01-15")).isTrue();
    }
  }

  @Test
  void aFullRedisIsNotAvailable(CapturedOutput output) {
    fill(FULL);
    try (TestRedis redis = new TestRedis(FULL.url())) {
      assertUnavailable(redis, 50);
    }
    assertThat(output).containsOnlyOnce(WARNING).contains("OOM");
  }

  @Test
  void aReplicaIsNotAvailable(CapturedOutput output) {
    try (TestRedis redis = new TestRedis(REPLICA.url())) {
      assertUnavailable(redis, 50);
    }
    assertThat(output).containsOnlyOnce(WARNING).contains("READONLY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
        "+OK\r\n+OK\r\n+OK\r\n",
        ":99999999999999999999999\r\n",
        "$-7\r\n",
        "$5\r\nab",
        "*3\r\n:1\r\n",
        "*-1\r\n",
        "-\r\n",
        "_\r\n",
        "\u0000\u00ff\u0016\u0003\u0001",
        "\r\n\r\n"
      })
  void aServerThatIsNotRedisIsNotAvailable(String reply) throws Exception {
    try (RawServer server = RawServer.replying(reply);
        TestRedis redis = new TestRedis(server.url())) {
      assertUnavailable(redis, 50);
    }
  }

  @Test
  void anEndlessReplyIsNotWaitedFor() throws Exception {
    try (RawServer server = RawServer.dripping();
        TestRedis redis = new TestRedis(server.url())) {
      assertUnavailable(redis, 20);
    }
  }

  @Test
  void aServerThatClosesItsConnectionsIsNotAvailable() throws Exception {
    try (RawServer server = RawServer.closing();
        TestRedis redis = new TestRedis(server.url())) {
      assertUnavailable(redis, 50);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://no-such-host.invalid", "redis://[::1]:1", "redis://192.0.2.1"})
  void aHostThatCannotBeReachedIsNotAvailable(String url) {
    try (TestRedis redis = new TestRedis(url)) {
      assertUnavailable(redis, 20);
    }
  }

  @Test
  void aServerWithoutTlsIsNotUsedInstead() {
    try (TestRedis redis = new TestRedis(SERVER.url().replace("redis:", "rediss:"))) {
      assertUnavailable(redis, 20);
    }
  }

  @Test
  void aSlowRedisIsUsed() throws Exception {
    try (RawServer slow = RawServer.delaying(SERVER.port(), Duration.ofMillis(150));
        TestRedis redis = new TestRedis(slow.url())) {
      redis.awaitUp();
      assertUsedAgain(redis);
    }
  }

  /// More calls than connections, while Redis does not answer.
  @Test
  void concurrentCallsWaitForABoundedTime() throws Exception {
    try (TestRedis redis = new TestRedis(SERVER.url())) {
      redis.awaitUp();
      SERVER.freeze();
      try {
        assertThat(concurrentCalls(redis, 300))
            .hasSize(300)
            .allMatch(it -> it.compareTo(Duration.ofSeconds(1)) < 0);
      } finally {
        SERVER.resume();
      }
    }
  }

  /// More calls than a slow Redis can answer: those that come later do not wait for it.
  @Test
  void aRedisThatIsTooSlowDelaysCallsOnce() throws Exception {
    try (RawServer slow = RawServer.delaying(SERVER.port(), Duration.ofMillis(100));
        TestRedis redis = new TestRedis(slow.url())) {
      redis.awaitUp();
      assertThat(concurrentCalls(redis, 400))
          .allMatch(it -> it.compareTo(Duration.ofSeconds(3)) < 0)
          .anyMatch(it -> it.compareTo(Duration.ofMillis(900)) > 0);
      assertThat(concurrentCalls(redis, 400))
          .filteredOn(it -> it.compareTo(Duration.ofMillis(500)) < 0)
          .hasSizeGreaterThan(200);
      await().atMost(TestTimeouts.LIMIT).until(() -> redis.rates().acquire("other", 5) != null);
    }
  }

  private static List<Duration> concurrentCalls(TestRedis redis, int count) throws Exception {
    Callable<Duration> call =
        () -> {
          long start = System.nanoTime();
          redis.rates().acquire(CLIENT + start, 5);
          return Duration.ofNanos(System.nanoTime() - start);
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Duration>> calls =
          Stream.generate(() -> threads.submit(call)).limit(count).toList();
      List<Duration> durations = new ArrayList<>();
      for (Future<Duration> each : calls) {
        durations.add(each.get());
      }
      return durations;
    }
  }

  /// @return the duration of each call
  private static List<Duration> assertUnavailable(TestRedis redis, int calls) {
    RedisRates rates = redis.rates();
    RedisStreams streams = redis.streams(Duration.ofSeconds(30));
    RedisTokenCount tokens = redis.tokens();
    List<Duration> durations = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      switch (i % 3) {
        case 0 -> assertThat(rates.acquire(CLIENT, 5)).isNull();
        case 1 -> assertThat(streams.acquire(CLIENT, 1)).isNotNull();
        default -> assertThat(tokens.report(LocalDate.of(2027, 1, 15), i)).isEmpty();
      }
      durations.add(Duration.ofNanos(System.nanoTime() - start));
    }
    assertThat(redis.isUp()).isFalse();
    assertThat(durations.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(MAX_TOTAL);
    return durations;
  }

  private static void fill(RedisServer server) {
    try (Jedis redis = server.connect()) {
      for (int i = 0; true; i++) {
        redis.set("filler:" + i, "x".repeat(1024));
      }
    } catch (JedisDataException e) {
      assertThat(e).hasMessageStartingWith("OOM");
    }
  }

  private static void assertUsedAgain(TestRedis redis) {
    redis.awaitUp();
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> redis.rates().acquire("client " + System.nanoTime(), 5) != null);
    assertThat(redis.isUp()).isTrue();
  }
}

package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.redis.RedisServer;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Three gateways that share their limits through one Redis, with requests in turn, as Railway
/// distributes them.
@ExtendWith(OutputCaptureExtension.class)
class SharedLimitsIT {
  @RegisterExtension
  static final RedisServer REDIS = new RedisServer("--requirepass", "password-canary-2b8e");

  private static final SocketProvider PROVIDER = new SocketProvider();
  private static final int RATE = 20;
  private static final int API_RATE = 30;
  private static final int MAX_STREAMS = 4;
  private static final long BUDGET = 1_000_000;
  private static final List<GatewayInstance> INSTANCES = new ArrayList<>();

  /// Each test has clients of its own.
  private static int client;

  private final String address = "203.0.113." + ++client;
  private int turn;

  @BeforeAll
  static void start() {
    Map<String, String> properties =
        Map.of(
            "minimalchat.redis.url", REDIS.url().replace("//", "//:password-canary-2b8e@"),
            "minimalchat.redis.secret", "key-canary-51c0",
            "minimalchat.limits.rate-per-minute", String.valueOf(RATE),
            "minimalchat.limits.max-streams-per-client", String.valueOf(MAX_STREAMS),
            "minimalchat.api-limits.rate-per-minute", String.valueOf(API_RATE),
            "minimalchat.budget.daily-tokens", String.valueOf(BUDGET));
    for (int i = 0; i < 3; i++) {
      INSTANCES.add(new GatewayInstance(PROVIDER, properties));
    }
  }

  @AfterAll
  static void stop() {
    INSTANCES.forEach(GatewayInstance::close);
    INSTANCES.clear();
  }

  @BeforeEach
  void awaitRedis() {
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> INSTANCES.stream().allMatch(it -> it.gauge("redis.up") == 1));
  }

  @Test
  void admitTheRateOfOneInstanceTogether() {
    List<HttpResponse<String>> responses =
        Stream.generate(() -> next().countedRequest("/v1/chat", GatewayInstance.TOKEN, address))
            .limit(3 * RATE)
            .toList();

    assertThat(statuses(responses, 400)).isEqualTo(RATE);
    assertThat(statuses(responses, 429)).isEqualTo(2 * RATE);
  }

  @Test
  void admitTheRateOfAProgramTogetherWhateverItsAddress() {
    List<HttpResponse<String>> responses =
        IntStream.range(0, 3 * API_RATE)
            .mapToObj(i ->
                next()
                    .countedRequest("/v1/responses", GatewayInstance.API_TOKEN, "198.51.100." + i))
            .toList();

    assertThat(statuses(responses, 400)).isEqualTo(API_RATE);
  }

  /// Of the three instances this one has seen a third of the requests.
  @Test
  void reportTheRemainingRequestsOfAllInstances() {
    List<HttpResponse<String>> responses =
        Stream.generate(() -> next().countedRequest("/v1/chat", GatewayInstance.TOKEN, address))
            .limit(RATE + 1)
            .toList();

    for (int i = 0; i < RATE; i++) {
      assertThat(header(responses.get(i), "RateLimit-Limit")).isEqualTo(RATE);
      assertThat(header(responses.get(i), "RateLimit-Remaining")).isEqualTo(RATE - 1L - i);
    }
    HttpResponse<String> refused = responses.getLast();
    assertThat(header(refused, "RateLimit-Remaining")).isZero();
    assertThat(header(refused, "Retry-After"))
        .isBetween(1L, 3L)
        .isEqualTo(header(refused, "RateLimit-Reset"));
  }

  @Test
  void admitTheConcurrentAnswersOfOneInstanceTogether() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < MAX_STREAMS; i++) {
      answers.add(next().chat("Question " + i, address));
      calls.add(PROVIDER.take());
    }

    var refused = next().chat("One more", address).get(TestTimeouts.SECONDS, TimeUnit.SECONDS);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(refused, "Retry-After")).isEqualTo(5);
    calls.forEach(call -> call.answer("Words"));
    for (var answer : answers) {
      assertThat(answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).body())
          .contains("response.completed");
    }
    awaitNoLeases();
    var next = next().chat("Now", address);
    PROVIDER.take().answer("Words");
    assertThat(next.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void countTheTokensOfAllInstancesWithinASecond() throws Exception {
    double before = knownTokens(INSTANCES.getFirst());
    for (int i = 0; i < 9; i++) {
      spend(next(), 100, "198.51.100." + i);
    }

    await().atMost(Duration.ofSeconds(2)).until(() -> allKnow(before + 900));
  }

  @Test
  void answerWithoutAnErrorWhileRedisIsFrozenAndUseItAgain(CapturedOutput output) {
    assertThat(allKnow(knownTokens(INSTANCES.getFirst()))).isTrue(); // warm
    List<Long> millis = new ArrayList<>();
    REDIS.freeze();
    try {
      for (int i = 0; i < 60; i++) {
        long start = System.nanoTime();
        var answer = next().chat("Question", "198.51.100." + i);
        PROVIDER.take().answer("Words");
        assertThat(answer.join().body()).contains("response.completed");
        millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      }
      // Each instance applies its own limits.
      List<HttpResponse<String>> responses =
          Stream.generate(() -> next().countedRequest("/v1/chat", GatewayInstance.TOKEN, address))
              .limit(3 * RATE + 3)
              .toList();
      assertThat(statuses(responses, 400)).isEqualTo(3 * RATE);
      assertThat(statuses(responses, 429)).isEqualTo(3);
    } finally {
      REDIS.resume();
    }
    Collections.sort(millis);
    assertThat(millis.getLast()).as("slowest of %s", millis).isLessThan(3_000);
    assertThat(millis.get(30)).as("median of %s", millis).isLessThan(250);
    assertThat(output.getAll().split("Redis is not available", -1)).hasSizeLessThanOrEqualTo(4);
    assertThat(output).doesNotContain("canary", "127.0.0.1");
    awaitRedis();
    admitTheRateOfOneInstanceTogether("203.0.114.1");
  }

  @Test
  void addTheTokensOfAnOutageOnce() throws Exception {
    double before = knownTokens(INSTANCES.getFirst());
    assertThat(allKnow(before)).isTrue();
    REDIS.stop();
    try {
      for (int i = 0; i < 3; i++) {
        spend(next(), 100, "198.51.100." + i);
      }
      assertThat(INSTANCES).allMatch(it -> it.gauge("gateway.budget.used") == before + 100);
    } finally {
      REDIS.start();
    }

    await().atMost(TestTimeouts.LIMIT).until(() -> allKnow(before + 300));
    awaitRedis();
    assertThat(allKnow(before + 300)).isTrue();
  }

  private void admitTheRateOfOneInstanceTogether(String client) {
    long admitted =
        Stream.generate(() -> next().countedRequest("/v1/chat", GatewayInstance.TOKEN, client))
            .limit(3 * RATE)
            .filter(response -> response.statusCode() == 400)
            .count();
    assertThat(admitted).isEqualTo(RATE);
  }

  private GatewayInstance next() {
    return INSTANCES.get(turn++ % INSTANCES.size());
  }

  private static void spend(GatewayInstance instance, int tokens, String client) throws Exception {
    var answer = instance.chat("Question", client);
    Call call = PROVIDER.take();
    call.openStream();
    call.delta("Words");
    call.event(
        """
        {"type":"response.completed","response":{"status":"completed",\
        "usage":{"input_tokens":1,"output_tokens":%d,"total_tokens":%d}}}\
        """
            .formatted(tokens - 1, tokens));
    call.endStream();
    assertThat(answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  /// The used tokens that an instance knows after the start of a question. The provider refuses it,
  /// so it uses none.
  private static double knownTokens(GatewayInstance instance) {
    var answer = instance.chat("Question", "198.51.101." + ++client % 250);
    PROVIDER.take().answer("400 Bad Request", "application/json", "{}");
    assertThat(answer.join().statusCode()).isEqualTo(502);
    return instance.gauge("gateway.budget.used");
  }

  private static boolean allKnow(double tokens) {
    return INSTANCES.stream().allMatch(it -> knownTokens(it) == tokens);
  }

  private static void awaitNoLeases() {
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> INSTANCES.stream().allMatch(it -> it.gauge("gateway.streams.active") == 0));
  }

  private static long statuses(List<HttpResponse<String>> responses, int status) {
    return responses.stream().filter(response -> response.statusCode() == status).count();
  }

  private static long header(HttpResponse<String> response, String name) {
    return response.headers().firstValueAsLong(name).orElseThrow();
  }
}

package dev.minimalchat.gateway;

import static dev.minimalchat.gateway.EventReader.newKey;
import static dev.minimalchat.gateway.EventReader.numbers;
import static dev.minimalchat.gateway.EventReader.text;
import static dev.minimalchat.gateway.EventReader.type;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.redis.RedisServer;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/// Two gateways with one Redis: an answer that one of them gives is read on at the other.
class SharedAnswersIT {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static final SocketProvider PROVIDER = new SocketProvider();

  /// As JSON strings.
  private static final List<String> WORDS =
      List.of("One ", "two, ", "drei ", "\\ud83d", "\\ude00 ", "漢字");

  private static final String TEXT = "One two, drei \ud83d\ude00 漢字";
  private static final String QUESTION = SocketClient.body("Hello");

  /// response.created, the words, response.completed.
  private static final int EVENTS = WORDS.size() + 2;

  private static final List<GatewayInstance> INSTANCES = new ArrayList<>();

  private final String key = newKey();

  @BeforeAll
  static void start() {
    Map<String, String> properties =
        Map.of(
            "minimalchat.redis.url", REDIS.url(),
            "minimalchat.limits.rate-per-minute", "100000",
            "minimalchat.limits.max-streams-per-client", "100");
    INSTANCES.add(new GatewayInstance(PROVIDER, properties));
    INSTANCES.add(new GatewayInstance(PROVIDER, properties));
  }

  @AfterAll
  static void stop() {
    INSTANCES.forEach(GatewayInstance::close);
    INSTANCES.clear();
  }

  @BeforeEach
  void awaitRedis() {
    PROVIDER.discardRequests();
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> INSTANCES.stream().allMatch(it -> it.gauge("redis.up") == 1));
  }

  @AfterEach
  void awaitNoActiveStreams() {
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> INSTANCES.stream().allMatch(it -> it.gauge("gateway.streams.active") == 0));
  }

  /// The client leaves after each event, and comes back to the other instance, before or after the
  /// rest is there.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void loseAndDoubleNothingWhereverTheConnectionBreaks(boolean isEarly) throws Exception {
    for (int cut = 1; cut < EVENTS - 1; cut++) {
      List<JsonNode> events = new ArrayList<>();
      String cutKey = newKey();
      int sent = Math.max(1, cut - 1);
      Call call;
      try (EventReader client = EventReader.post(here(), cutKey, QUESTION)) {
        call = PROVIDER.take();
        call.openStream();
        WORDS.subList(0, sent).forEach(call::delta);
        events.addAll(client.next(cut));
      }
      if (!isEarly) {
        rest(call, sent);
        awaitNoActiveStreams();
      }
      try (EventReader client = EventReader.resume(there(), cutKey, cut - 1)) {
        assertThat(client.status()).isEqualTo(200);
        if (isEarly) {
          rest(call, sent);
        }
        events.addAll(client.rest());
      }

      assertThat(text(events)).as("cut after %d events", cut).isEqualTo(TEXT);
      assertThat(numbers(events)).isEqualTo(LongStream.range(0, EVENTS).boxed().toList());
      assertThat(type(events.getLast())).isEqualTo("response.completed");
    }
  }

  @Test
  void knowTheEndOfAnAnswerOfEachOther() throws Exception {
    try (EventReader client = EventReader.post(here(), key, QUESTION)) {
      answer(PROVIDER.take());
      client.rest();
    }
    await()
        .atMost(TestTimeouts.LIMIT)
        .untilAsserted(() -> {
          try (EventReader client = EventReader.resume(there(), key, EVENTS - 1)) {
            assertThat(client.status()).isEqualTo(204);
          }
        });
    try (EventReader client = EventReader.resume(there(), key, -1)) {
      assertThat(text(client.rest())).isEqualTo(TEXT);
    }
    try (EventReader client = EventReader.resume(there(), newKey(), -1)) {
      assertThat(client.status()).isEqualTo(404);
    }
  }

  @Test
  void joinTheSameRequestAndRefuseAnother() throws Exception {
    try (EventReader first = EventReader.post(here(), key, QUESTION)) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first ");
      first.next(2);
      try (EventReader other = EventReader.post(there(), key, SocketClient.body("Other"))) {
        assertThat(other.status()).isEqualTo(409);
      }
      try (EventReader second = EventReader.post(there(), key, QUESTION)) {
        assertThat(second.status()).isEqualTo(200);
        call.delta("second");
        call.complete();
        assertThat(text(second.rest())).isEqualTo("first second");
      }
    }
  }

  @Test
  void stopTheAnswersOfEachOther() throws Exception {
    try (EventReader client = EventReader.post(here(), key, QUESTION)) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      client.next(2);

      assertThat(EventReader.delete(there(), key)).isEqualTo(204);

      call.awaitDisconnect();
      assertThat(type(client.rest().getLast())).isEqualTo("response.incomplete");
    }
    try (EventReader late = EventReader.post(here(), newKeyStoppedAt(there()), QUESTION)) {
      assertThat(late.status()).isEqualTo(409);
    }
  }

  @Test
  void aReaderAtTheOtherInstanceReplacesTheFirstAndIsReplaced() throws Exception {
    try (EventReader client = EventReader.post(here(), key, QUESTION)) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first ");
      client.next(2);
      try (EventReader remote = EventReader.resume(there(), key, 1)) {
        assertThat(client.next()).as("the end of the first stream").isNull();
        call.delta("second ");
        assertThat(text(remote.next(1))).isEqualTo("second ");
        try (EventReader local = EventReader.resume(here(), key, 2)) {
          assertThat(remote.next()).as("the end of the remote stream").isNull();
          call.delta("third");
          call.complete();
          assertThat(text(local.rest())).isEqualTo("third");
        }
      }
    }
  }

  @Test
  void aFailedRequestFreesTheKeyEverywhere() throws Exception {
    try (EventReader client = EventReader.post(here(), key, QUESTION)) {
      PROVIDER.take().answer("401 Unauthorized", "application/json", "{}");
      assertThat(client.status()).isEqualTo(502);
    }
    try (EventReader client = EventReader.post(there(), key, QUESTION)) {
      answer(PROVIDER.take());
      assertThat(text(client.rest())).isEqualTo(TEXT);
    }
  }

  @Test
  void redisHasNothingThatCanBeReadWithoutTheKey() throws Exception {
    try (EventReader client = EventReader.post(here(), key, QUESTION)) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("a secret sentence");
      call.complete();
      client.rest();
    }
    try (Jedis redis = REDIS.connect()) {
      await().atMost(TestTimeouts.LIMIT).until(() -> !redis.keys("mc:answer:*:events").isEmpty());
      for (String name : redis.keys("mc:answer:*")) {
        assertThat(redis.pttl(name)).as(name).isPositive();
        assertThat(name).doesNotContain(key);
        if (name.endsWith("events")) {
          assertThat(redis.xrange(name, "-", "+").toString())
              .doesNotContain(
                  "secret", key, Base64.getEncoder().encodeToString("a secret".getBytes(US_ASCII)));
        }
      }
    }
  }

  @Test
  void anAnswerGoesOnWhileRedisIsFrozenAndIsReadOnAfterwards() throws Exception {
    try (EventReader client = EventReader.post(here(), key, QUESTION)) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first ");
      client.next(2);
      REDIS.freeze();
      try {
        call.delta("second ");
        assertThat(text(client.next(1))).isEqualTo("second ");
      } finally {
        REDIS.resume();
      }
      awaitRedis();
      try (EventReader remote = EventReader.resume(there(), key, 2)) {
        assertThat(remote.status()).isEqualTo(200);
        call.delta("third");
        call.complete();
        assertThat(text(remote.rest())).isEqualTo("third");
      }
    }
  }

  @Test
  void anAnswerIsNotOfferedForResumingWhileRedisIsFrozen() throws Exception {
    REDIS.freeze();
    try (EventReader client = EventReader.post(here(), key, QUESTION)) {
      answer(PROVIDER.take());
      List<JsonNode> events = client.rest();

      assertThat(text(events)).isEqualTo(TEXT);
      assertThat(events.getFirst().at("/response/resumable").asBoolean(true)).isFalse();
    } finally {
      REDIS.resume();
    }
  }

  @Test
  void readOnAfterRedisHasLostItsData() throws Exception {
    try (EventReader client = EventReader.post(here(), key, QUESTION)) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first ");
      client.next(2);
      await().atMost(TestTimeouts.LIMIT).until(SharedAnswersIT::hasEvents);
      REDIS.clear();
      call.delta("second ");
      call.complete();
      client.rest();
      // The claim is lost too, so the other instance knows nothing, and says so.
      try (EventReader remote = EventReader.resume(there(), key, 1)) {
        assertThat(remote.status()).isEqualTo(404);
      }
    }
  }

  private static boolean hasEvents() {
    try (Jedis redis = REDIS.connect()) {
      return !redis.keys("mc:answer:*:events").isEmpty();
    }
  }

  private static String newKeyStoppedAt(int port) throws Exception {
    String stopped = newKey();
    EventReader.delete(port, stopped);
    return stopped;
  }

  private static int here() {
    return INSTANCES.get(0).port();
  }

  private static int there() {
    return INSTANCES.get(1).port();
  }

  private static void answer(Call call) {
    call.openStream();
    rest(call, 0);
  }

  private static void rest(Call call, int from) {
    WORDS.subList(from, WORDS.size()).forEach(call::delta);
    call.complete();
  }
}

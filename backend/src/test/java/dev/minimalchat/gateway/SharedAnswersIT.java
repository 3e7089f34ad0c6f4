package dev.minimalchat.gateway;

import static dev.minimalchat.gateway.EventReader.newKey;
import static dev.minimalchat.gateway.EventReader.numbers;
import static dev.minimalchat.gateway.EventReader.text;
import static dev.minimalchat.gateway.EventReader.type;
import static dev.minimalchat.gateway.WordAnswer.EVENTS;
import static dev.minimalchat.gateway.WordAnswer.QUESTION;
import static dev.minimalchat.gateway.WordAnswer.TEXT;
import static dev.minimalchat.gateway.WordAnswer.WORDS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/// Two gateways with one Redis: an answer that one of them gives is read on at the other.
class SharedAnswersIT extends TwoGateways {
  /// Longer than an event needs from one instance to the other.
  private static final Duration STATUS_CHECK = Duration.ofSeconds(1);

  /// Of a request that fails for a moment.
  private static final int TRIES = 3;

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
        WordAnswer.sendRest(call, sent);
        awaitNoActiveStreams();
      }
      try (EventReader client = EventReader.resume(there(), cutKey, cut - 1)) {
        assertThat(client.status()).isEqualTo(200);
        if (isEarly) {
          WordAnswer.sendRest(call, sent);
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
      WordAnswer.send(PROVIDER.take());
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
      WordAnswer.sendFirst(call, "first ", first);
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
      WordAnswer.sendFirst(call, "first", client);

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
      WordAnswer.sendFirst(call, "first ", client);
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
      WordAnswer.send(PROVIDER.take());
      assertThat(text(client.rest())).isEqualTo(TEXT);
    }
  }

  /// The provider's first event decides nothing yet.
  @Test
  void theSameRequestTwiceFailsWithTheSameStatus() throws Exception {
    try (EventReader first = EventReader.post(here(), key, QUESTION)) {
      Call call = PROVIDER.take();
      call.openStream();
      call.event("{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"model\":\"m\"}}");
      try (EventReader second = EventReader.post(there(), key, QUESTION)) {
        await()
            .during(STATUS_CHECK)
            .atMost(TestTimeouts.LIMIT)
            .until(() -> !first.hasStatus() && !second.hasStatus());
        call.event("{\"type\":\"error\",\"code\":\"slow_down\"}");
        for (int i = 1; i < TRIES; i++) {
          PROVIDER.take().answer("503 Service Unavailable", "application/json", "{}");
        }

        assertThat(first.status()).isEqualTo(503);
        assertThat(second.status()).isEqualTo(503);
      }
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
      await().atMost(TestTimeouts.LIMIT).until(() -> isInRedis("events"));
      for (String name : redis.keys(keysInRedis("*"))) {
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

  private static String newKeyStoppedAt(int port) throws Exception {
    String stopped = newKey();
    EventReader.delete(port, stopped);
    return stopped;
  }
}

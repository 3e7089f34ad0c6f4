package dev.minimalchat.gateway;

import static dev.minimalchat.gateway.EventReader.text;
import static dev.minimalchat.gateway.WordAnswer.QUESTION;
import static dev.minimalchat.gateway.WordAnswer.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Answers of two gateways whose Redis is frozen, or has lost its data.
class SharedAnswersFaultIT extends TwoGateways {

  @Test
  void anAnswerGoesOnWhileRedisIsFrozenAndIsReadOnAfterwards() throws Exception {
    try (EventReader client = EventReader.post(here(), key, QUESTION)) {
      Call call = PROVIDER.take();
      WordAnswer.sendFirst(call, "first ", client);
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
      WordAnswer.send(PROVIDER.take());
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
      WordAnswer.sendFirst(call, "first ", client);
      await().atMost(TestTimeouts.LIMIT).until(() -> isInRedis("events"));
      REDIS.clear();
      call.delta("second ");
      await().atMost(TestTimeouts.LIMIT).until(() -> isInRedis("claim"));
      // The beginning is lost, so a client without it is refused, and not answered a second time.
      try (EventReader repeated = EventReader.post(there(), key, QUESTION)) {
        assertThat(repeated.status()).isEqualTo(404);
      }
      try (EventReader remote = EventReader.resume(there(), key, 1)) {
        assertThat(remote.status()).isEqualTo(200);
        call.delta("third");
        call.complete();
        assertThat(text(remote.rest())).isEqualTo("second third");
      }
    }
  }
}

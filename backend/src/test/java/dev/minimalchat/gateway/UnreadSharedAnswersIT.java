package dev.minimalchat.gateway;

import static dev.minimalchat.gateway.EventReader.type;
import static dev.minimalchat.gateway.WordAnswer.QUESTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Answers whose reader is at another instance, which receives no more events: they end after the
/// grace time, as each answer without a reader does.
class UnreadSharedAnswersIT extends TwoGateways {
  private static final String PIECE = "x".repeat(1000);
  private static final int PIECES = 100;

  /// An instance with little memory and a short grace time, whose other timeouts end nothing here.
  @BeforeAll
  static void startOwner() {
    INSTANCES.add(
        new GatewayInstance(
            PROVIDER,
            Map.of(
                "minimalchat.redis.url", REDIS.url(),
                "minimalchat.resume.memory", "8KB",
                "minimalchat.resume.grace", "1s",
                "minimalchat.upstream.idle-timeout", "2m")));
  }

  @Test
  void anAnswerThatIsTooLongForTheMemoryFailsAtItsReaderAndEnds() throws Exception {
    readAtTheOtherInstance((call, remote) -> {
      sendTooMuch(call);

      List<JsonNode> events = remote.rest();
      assertThat(type(events.getLast())).isEqualTo("error");
      assertThat(events.getLast().at("/error/code").asText()).isEqualTo("overloaded");
      assertThat(events.getLast().at("/error/retryable").asBoolean()).isTrue();
      call.awaitDisconnect();
    });
  }

  @Test
  void anAnswerThatIsTooLongForTheMemoryIsStoppedAtTheOtherInstance() throws Exception {
    try (EventReader client = EventReader.post(owner(), key, QUESTION)) {
      Call call = PROVIDER.take();
      WordAnswer.sendFirst(call, "first ", client);
      sendTooMuch(call);
      assertThat(client.next(PIECES)).hasSize(PIECES);

      assertThat(EventReader.delete(there(), key)).isEqualTo(204);

      assertThat(type(client.rest().getLast())).isEqualTo("response.incomplete");
      call.awaitDisconnect();
    }
  }

  @Test
  void anAnswerEndsWhenRedisIsGoneAndItsReaderWithIt() throws Exception {
    readAtTheOtherInstance((call, _) -> {
      REDIS.freeze();
      try {
        call.awaitDisconnect();
      } finally {
        REDIS.resume();
      }
    });
  }

  /// An answer of the owner whose only reader is at the other instance.
  private void readAtTheOtherInstance(RemoteReading reading) throws Exception {
    try (EventReader first = EventReader.post(owner(), key, QUESTION)) {
      Call call = PROVIDER.take();
      WordAnswer.sendFirst(call, "first ", first);
      try (EventReader remote = EventReader.resume(there(), key, 1)) {
        assertThat(first.next()).as("the end of the first stream").isNull();
        reading.read(call, remote);
      }
    }
  }

  private interface RemoteReading {
    void read(Call call, EventReader remote) throws Exception;
  }

  private static int owner() {
    return INSTANCES.getLast().port();
  }

  private static void sendTooMuch(Call call) {
    for (int i = 0; i < PIECES; i++) {
      call.delta(PIECE);
    }
  }
}

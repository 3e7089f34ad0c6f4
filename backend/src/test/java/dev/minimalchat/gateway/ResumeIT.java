package dev.minimalchat.gateway;

import static dev.minimalchat.gateway.EventReader.newKey;
import static dev.minimalchat.gateway.EventReader.numbers;
import static dev.minimalchat.gateway.EventReader.text;
import static dev.minimalchat.gateway.EventReader.type;
import static dev.minimalchat.gateway.WordAnswer.EVENTS;
import static dev.minimalchat.gateway.WordAnswer.QUESTION;
import static dev.minimalchat.gateway.WordAnswer.TEXT;
import static dev.minimalchat.gateway.WordAnswer.WORDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.usage.UsageLines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that outlive their connections, over real ones.
class ResumeIT extends RunningGateway {

  private final String key = newKey();

  /// The client leaves after each event, and comes back before or after the others are there.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void losesAndDoublesNothingWhereverTheConnectionBreaks(boolean isEarly) throws Exception {
    for (int cut = 1; cut < EVENTS - 1; cut++) {
      List<JsonNode> events = new ArrayList<>();
      String cutKey = newKey();
      Call call;
      try (EventReader client = EventReader.post(port, cutKey, QUESTION)) {
        call = PROVIDER.take();
        call.openStream();
        WORDS.subList(0, Math.max(1, cut - 1)).forEach(call::delta);
        events.addAll(client.next(cut));
      }
      if (!isEarly) {
        WordAnswer.sendRest(call, Math.max(1, cut - 1));
        await().atMost(TestTimeouts.LIMIT).until(() -> activeStreams() == 0);
      }
      try (EventReader client = EventReader.resume(port, cutKey, cut - 1)) {
        assertThat(client.status()).isEqualTo(200);
        if (isEarly) {
          WordAnswer.sendRest(call, Math.max(1, cut - 1));
        }
        events.addAll(client.rest());
      }

      assertThat(text(events)).as("cut after %d events", cut).isEqualTo(TEXT);
      assertThat(numbers(events)).isEqualTo(LongStream.range(0, EVENTS).boxed().toList());
      assertThat(type(events.getLast())).isEqualTo("response.completed");
    }
  }

  @Test
  void readsAFinishedAnswerFromItsBeginning() throws Exception {
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      WordAnswer.send(PROVIDER.take());
      client.rest();
    }
    try (EventReader client = EventReader.resume(port, key, -1)) {
      List<JsonNode> events = client.rest();

      assertThat(text(events)).isEqualTo(TEXT);
      assertThat(type(events.getFirst())).isEqualTo("response.created");
      assertThat(type(events.getLast())).isEqualTo("response.completed");
    }
  }

  @Test
  void hasNoContentAfterTheLastEvent() throws Exception {
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      WordAnswer.send(PROVIDER.take());
      client.rest();
    }
    for (long after : new long[] {EVENTS - 1, EVENTS, Long.MAX_VALUE}) {
      try (EventReader client = EventReader.resume(port, key, after)) {
        assertThat(client.status()).isEqualTo(204);
      }
    }
  }

  @Test
  void anotherReaderEndsTheStreamOfTheFirstOne() throws Exception {
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      Call call = PROVIDER.take();
      WordAnswer.sendFirst(call, "first", client);
      try (EventReader second = EventReader.resume(port, key, 1);
          EventReader third = EventReader.resume(port, key, 1)) {
        assertThat(client.next()).as("the end of the first stream").isNull();
        call.delta("second");
        call.complete();
        List<JsonNode> events = second.rest();
        events.addAll(third.rest());

        assertThat(text(events)).isEqualTo("second");
        assertThat(type(events.getLast())).isEqualTo("response.completed");
      }
    }
  }

  @Test
  void stopClosesTheProviderAndEndsTheStream() throws Exception {
    try (UsageLines log = new UsageLines();
        EventReader client = EventReader.post(port, key, QUESTION)) {
      Call call = PROVIDER.take();
      WordAnswer.sendFirst(call, "first", client);

      assertThat(EventReader.delete(port, key)).isEqualTo(204);

      call.awaitDisconnect();
      JsonNode end = client.rest().getLast();
      assertThat(type(end)).isEqualTo("response.incomplete");
      assertThat(end.at("/response/incomplete_details/reason").asText()).isEqualTo("cancelled");
      await().atMost(TestTimeouts.LIMIT).until(() -> activeStreams() == 0);
      assertThat(log.lines().getLast())
          .containsEntry("outcome", "client_closed")
          .containsEntry("status", 200);
    }
  }

  @Test
  void stopReachesAnAnswerThatIsNotRead() throws Exception {
    Call call;
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      call = PROVIDER.take();
      WordAnswer.sendFirst(call, "first", client);
    }

    assertThat(EventReader.delete(port, key)).isEqualTo(204);

    call.awaitDisconnect();
    try (EventReader client = EventReader.resume(port, key, -1)) {
      assertThat(text(client.rest())).isEqualTo("first");
    }
  }

  @Test
  void stopReachesARequestThatIsStillOnItsWay() throws Exception {
    assertThat(EventReader.delete(port, key)).isEqualTo(204);

    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      assertThat(client.status()).isEqualTo(409);
    }
  }

  @Test
  void survivesAClientThatLeavesBeforeTheFirstEvent() throws Exception {
    Call call;
    try (EventReader _ = EventReader.post(port, key, QUESTION)) {
      call = PROVIDER.take();
    }
    call.openStream();
    WORDS.forEach(call::delta);
    call.complete();

    try (EventReader client = EventReader.resume(port, key, -1)) {
      assertThat(text(client.rest())).isEqualTo(TEXT);
    }
  }

  @Test
  void aClientWithoutAKeyEndsTheAnswerAsBefore() throws Exception {
    Call call;
    try (SocketClient client = SocketClient.connectAndPost(port, "Hello")) {
      call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      client.readUntil("first");
    }
    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> {
          call.delta("more");
          return activeStreams() == 0;
        });
  }

  @Test
  void anAnswerWithoutAReaderKeepsItsPermit() throws Exception {
    Call call;
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      call = PROVIDER.take();
      WordAnswer.sendFirst(call, "first", client);
    }
    call.delta("second");
    assertThat(activeStreams()).isEqualTo(1);
    call.complete();
  }

  @Test
  void aFailureInTheMiddleIsTheLastEventOfEveryReader() throws Exception {
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      Call call = PROVIDER.take();
      WordAnswer.sendFirst(call, "first", client);
      call.event("{\"type\":\"error\",\"code\":\"server_error\",\"message\":\"secret\"}");

      assertThat(type(client.rest().getLast())).isEqualTo("error");
    }
    try (EventReader again = EventReader.resume(port, key, 0)) {
      List<JsonNode> events = again.rest();
      assertThat(text(events)).isEqualTo("first");
      assertThat(events.getLast().at("/error/code").asText()).isEqualTo("provider_error");
      assertThat(events.getLast().at("/error/request_id").asText()).isNotEmpty();
    }
  }
}

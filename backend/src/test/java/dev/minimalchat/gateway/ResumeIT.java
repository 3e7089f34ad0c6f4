package dev.minimalchat.gateway;

import static dev.minimalchat.gateway.EventReader.newKey;
import static dev.minimalchat.gateway.EventReader.numbers;
import static dev.minimalchat.gateway.EventReader.text;
import static dev.minimalchat.gateway.EventReader.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.usage.UsageLines;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that outlive their connections, over real ones.
class ResumeIT extends RunningGateway {
  /// As JSON strings.
  private static final List<String> WORDS =
      List.of("One ", "two, ", "drei ", "\\ud83d", "\\ude00 ", "漢字");

  private static final String TEXT = "One two, drei \ud83d\ude00 漢字";
  private static final String QUESTION = SocketClient.body("Hello");

  /// response.created, the words, response.completed.
  private static final int EVENTS = WORDS.size() + 2;

  private final String key = newKey();

  @Test
  void announcesWhetherTheAnswerCanBeResumedOnlyWhereThereIsAKey() throws Exception {
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      answer(PROVIDER.take(), 0);

      assertThat(client.next(1).getFirst().at("/response/resumable").asBoolean()).isTrue();
      client.rest();
    }
    var withoutKey = chat("Hello");
    answer(PROVIDER.take(), 0);
    assertThat(withoutKey.get().body()).doesNotContain("resumable");
  }

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
        rest(call, Math.max(1, cut - 1));
        await().atMost(TestTimeouts.LIMIT).until(() -> activeStreams() == 0);
      }
      try (EventReader client = EventReader.resume(port, cutKey, cut - 1)) {
        assertThat(client.status()).isEqualTo(200);
        if (isEarly) {
          rest(call, Math.max(1, cut - 1));
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
      answer(PROVIDER.take(), 0);
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
      answer(PROVIDER.take(), 0);
      client.rest();
    }
    for (long after : new long[] {EVENTS - 1, EVENTS, Long.MAX_VALUE}) {
      try (EventReader client = EventReader.resume(port, key, after)) {
        assertThat(client.status()).isEqualTo(204);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.5", "-2", "9223372036854775808", "%20"})
  void refusesANumberThatIsNone(String after) throws Exception {
    HttpRequest request = EventReader.request(port, "/v1/chat/stream?after=" + after, key).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var response = http.send(request, BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("invalid_request", "after");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "with space and more than 22", "twenty-two-characters+", ""})
  void refusesAMalformedKeyByItsName(String malformed) throws Exception {
    for (String method : List.of("GET", "DELETE")) {
      HttpRequest request =
          EventReader.request(port, "/v1/chat/stream", malformed)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      try (HttpClient http = HttpClient.newHttpClient()) {
        var response = http.send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("Resume-Key").doesNotContain("short");
      }
    }
    try (EventReader client = EventReader.post(port, malformed, QUESTION)) {
      assertThat(client.status()).isEqualTo(400);
    }
  }

  @Test
  void anUnknownKeyIsNotFound() throws Exception {
    try (EventReader client = EventReader.resume(port, key, 0)) {
      assertThat(client.status()).isEqualTo(404);
      assertThat(client.error().path("code").asText()).isEqualTo("not_found");
    }
  }

  @Test
  void theSameRequestAgainJoinsTheAnswer() throws Exception {
    try (EventReader first = EventReader.post(port, key, QUESTION)) {
      Call call = PROVIDER.take();
      try (EventReader second = EventReader.post(port, key, QUESTION)) {
        call.openStream();
        call.delta("first");
        List<JsonNode> events = second.next(2);
        assertThat(text(events)).isEqualTo("first");
        call.delta(" second");
        call.complete();
        events.addAll(second.rest());

        assertThat(text(events)).isEqualTo("first second");
        assertThat(first.rest()).noneMatch(event -> type(event).equals("response.completed"));
      }
    }
  }

  @Test
  void theSameRequestTwiceFailsWithTheSameStatusAndFreesTheKey() throws Exception {
    try (EventReader first = EventReader.post(port, key, QUESTION)) {
      Call call = PROVIDER.take();
      try (EventReader second = EventReader.post(port, key, QUESTION)) {
        await().atMost(TestTimeouts.LIMIT).until(() -> activeStreams() == 1);
        call.answer("401 Unauthorized", "application/json", "{}");

        assertThat(first.status()).isEqualTo(502);
        assertThat(second.status()).isEqualTo(502);
      }
    }
    try (EventReader again = EventReader.post(port, key, QUESTION)) {
      answer(PROVIDER.take(), 0);
      assertThat(text(again.rest())).isEqualTo(TEXT);
    }
  }

  @Test
  void theKeyOfAnotherRequestIsAConflict() throws Exception {
    try (EventReader first = EventReader.post(port, key, QUESTION)) {
      Call call = PROVIDER.take();
      try (EventReader other = EventReader.post(port, key, SocketClient.body("Other"))) {
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.error().path("code").asText()).isEqualTo("resume_conflict");
      }
      answer(call, 0);
      assertThat(text(first.rest())).isEqualTo(TEXT);
    }
  }

  @Test
  void anotherReaderEndsTheStreamOfTheFirstOne() throws Exception {
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      client.next(2);
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
      call.openStream();
      call.delta("first");
      client.next(2);

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
      call.openStream();
      call.delta("first");
      client.next(2);
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
      call.openStream();
      call.delta("first");
      client.next(2);
    }
    call.delta("second");
    assertThat(activeStreams()).isEqualTo(1);
    call.complete();
  }

  @Test
  void aFailureInTheMiddleIsTheLastEventOfEveryReader() throws Exception {
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      client.next(2);
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

  @Test
  void theHeadOfAStreamReplacesNoReader() throws Exception {
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      client.next(2);
      HttpRequest head =
          EventReader.request(port, "/v1/chat/stream", key)
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .build();
      try (HttpClient http = HttpClient.newHttpClient()) {
        assertThat(http.send(head, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
      }
      call.complete();
      assertThat(type(client.rest().getLast())).isEqualTo("response.completed");
    }
  }

  @Test
  void theKeyStandsInNoLogLine() throws Exception {
    try (UsageLines log = new UsageLines();
        EventReader client = EventReader.post(port, key, QUESTION)) {
      answer(PROVIDER.take(), 0);
      client.rest();
      try (EventReader again = EventReader.resume(port, key, 0)) {
        again.rest();
      }
      assertThat(log.lines()).isNotEmpty();
      assertThat(log.lines().toString()).doesNotContain(key);
    }
  }

  private static void answer(Call call, int from) {
    call.openStream();
    rest(call, from);
  }

  private static void rest(Call call, int from) {
    WORDS.subList(from, WORDS.size()).forEach(call::delta);
    call.complete();
  }
}

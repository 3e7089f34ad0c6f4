package dev.minimalchat.gateway;

import static dev.minimalchat.gateway.EventReader.newKey;
import static dev.minimalchat.gateway.EventReader.text;
import static dev.minimalchat.gateway.EventReader.type;
import static dev.minimalchat.gateway.WordAnswer.QUESTION;
import static dev.minimalchat.gateway.WordAnswer.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.usage.UsageLines;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The requests with a `Resume-Key`: which are refused, and which join a running answer.
class ResumeRequestIT extends RunningGateway {

  private final String key = newKey();

  @Test
  void announcesWhetherTheAnswerCanBeResumedOnlyWhereThereIsAKey() throws Exception {
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      WordAnswer.send(PROVIDER.take());

      assertThat(client.next(1).getFirst().at("/response/resumable").asBoolean()).isTrue();
      client.rest();
    }
    var withoutKey = chat("Hello");
    WordAnswer.send(PROVIDER.take());
    assertThat(withoutKey.get().body()).doesNotContain("resumable");
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
    HttpRequest.Builder stream = EventReader.request(port, "/v1/chat/stream", malformed);
    for (HttpRequest.Builder request : List.of(stream.copy().GET(), stream.copy().DELETE())) {
      try (HttpClient http = HttpClient.newHttpClient()) {
        var response = http.send(request.build(), BodyHandlers.ofString());

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
      WordAnswer.send(PROVIDER.take());
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
      WordAnswer.send(call);
      assertThat(text(first.rest())).isEqualTo(TEXT);
    }
  }

  @Test
  void theHeadOfAStreamReplacesNoReader() throws Exception {
    try (EventReader client = EventReader.post(port, key, QUESTION)) {
      Call call = PROVIDER.take();
      WordAnswer.sendFirst(call, "first", client);
      HttpRequest head = EventReader.request(port, "/v1/chat/stream", key).HEAD().build();
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
      WordAnswer.send(PROVIDER.take());
      client.rest();
      try (EventReader again = EventReader.resume(port, key, 0)) {
        again.rest();
      }
      assertThat(log.lines()).isNotEmpty();
      assertThat(log.lines().toString()).doesNotContain(key);
    }
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import dev.minimalchat.gateway.upstream.resilience.StreamCollector;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The events and failures that a provider's response results in.
class ResponsesUpstreamTest {
  private static final String DELTA =
      "data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n";
  private static final String COMPLETED =
      "data: {\"type\":\"response.completed\",\"response\":{}}\n\n";

  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());

  @Test
  void emitsNoReasoningText() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.openStream();
    for (String type :
        List.of("reasoning_text", "reasoning_summary_text", "reasoning", "reasoning_part")) {
      call.event("{\"type\":\"response.%s.delta\",\"delta\":\"SECRET\"}".formatted(type));
      call.event("{\"type\":\"response.%s.done\",\"text\":\"SECRET\"}".formatted(type));
    }
    call.delta("Hi");
    call.complete();
    call.endStream();

    assertThat(collector.text()).isEqualTo("Hi");
    assertThat(collector.events().toString()).doesNotContain("SECRET");
  }

  @Test
  void acceptsAJsonDocumentFromAServerThatDoesNotStream() {
    StreamCollector collector = client.collect();
    provider
        .take()
        .answer(
            "200 OK",
            "application/json; charset=utf-8",
            "{\"id\":\"resp_1\",\"model\":\"m\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}");

    assertThat(collector.events())
        .containsExactly(new Created("resp_1", "m"), new TextDelta("Hi"), new Completed(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/event-stream", "text/event-stream;charset=UTF-8", "Text/Event-Stream"})
  void acceptsEverySpellingOfTheEventStreamContentType(String type) {
    StreamCollector collector = client.collect();
    provider.take().answer("200 OK", type, DELTA + COMPLETED);

    assertThat(collector.text()).isEqualTo("Hi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Content-Type: text/plain\r\n",
        "Content-Type: text/plain; charset=utf-8\r\n",
        "Content-Type: application/octet-stream\r\n"
      })
  void recognisesAStreamByItsFirstBytes(String header) {
    for (String start :
        new String[] {"", "\uFEFF", ":\n\n", "\n", "event: x\n", "id: 1\n", "retry:1\n"}) {
      for (int pieceSize : new int[] {1, Integer.MAX_VALUE}) {
        StreamCollector collector = client.collect();
        Call call = provider.take();
        call.send("HTTP/1.1 200 OK\r\n" + header + "Connection: close\r\n\r\n");
        call.send((start + DELTA + COMPLETED).getBytes(UTF_8), pieceSize);
        call.disconnect();

        assertThat(collector.text()).as(start).isEqualTo("Hi");
        assertThat(collector.failure()).isNull();
      }
    }
  }

  @Test
  void doesNotHoldBackTheFirstEventOfAStreamWithoutAType() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.send("HTTP/1.1 200 OK\r\n\r\n" + DELTA);

    assertThat(collector.next()).isEqualTo(new TextDelta("Hi"));
    call.disconnect();
  }

  @Test
  void recognisesAJsonDocumentByItsFirstByte() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.send("HTTP/1.1 200 OK\r\n\r\n \n{\"output_text\":\"Hi\",\"output\":[]}");
    call.disconnect();

    assertThat(collector.text()).isEqualTo("Hi");
  }

  @Test
  void asksForNoContentEncodingAndRefusesOne() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.send(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n");
    call.disconnect();

    assertThat(call.headers()).containsEntry("accept-encoding", "identity");
    assertThat(collector.failure())
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .isNot(Failures.TRANSIENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>SECRET</p>",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nSECRET",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nSECRET",
        "HTTP/1.1 200 OK\r\nContent-Type: ?\r\nContent-Length: 6\r\n\r\nSECRET",
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        "SECRET\r\n\r\n",
        "HTTP/1.1 abc SECRET\r\n\r\n",
        "HTTP/1.1 200 OK\nSECRET"
      })
  void throwsProviderErrorForAnInvalidResponse(String response) {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.send(response);
    call.disconnect();

    assertThat(collector.failure())
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .extracting(Failure::userMessage)
        .isEqualTo(ErrorCode.PROVIDER_ERROR.message());
    assertThat(collector.events()).isEmpty();
  }

  @Test
  void throwsProviderErrorWhenDoneComesBeforeTheTerminalEvent() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.openStream();
    call.delta("Hi");
    call.event("[DONE]");

    assertThat(collector.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    assertThat(collector.text()).isEqualTo("Hi");
  }

  @Test
  void throwsTheFirstOfTwoErrorEvents() {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.openStream();
    call.event("{\"type\":\"error\",\"error\":{\"code\":\"rate_limit_exceeded\"}}");
    call.event(
        "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\"}}}");

    assertThat(collector.failure()).has(Failures.code(ErrorCode.OVERLOADED));
  }

  @Test
  void isReadyWhileACompleteEventIsBuffered() {
    var stream = client.stream(OpenAiClient.aRequest());
    Thread.startVirtualThread(() -> {
      Call call = provider.take();
      call.openStream();
      call.chunk(DELTA + DELTA + "data: {");
    });

    assertThat(stream.ready()).isFalse();
    stream.next();
    assertThat(stream.ready()).isTrue();
    stream.next();
    assertThat(stream.ready()).isFalse();
    stream.close();
  }

  @Test
  void isReadyBetweenTheEventsOfAJsonDocument() {
    var stream = client.stream(OpenAiClient.aRequest());
    Thread.startVirtualThread(
        () -> provider.take().answer("200 OK", "application/json", "{\"output\":[]}"));

    assertThat(stream.next()).isInstanceOf(Created.class);
    assertThat(stream.ready()).isTrue();
    assertThat(stream.next()).isEqualTo(new Incomplete("no_output", null));
    assertThat(stream.ready()).isFalse();
    stream.close();
  }
}

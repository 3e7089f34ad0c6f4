package dev.minimalchat.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.usage.UsageLines;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.TestPropertySource;

/// A provider that sends without end: the gateway stops reading, and the answer ends once.
@TestPropertySource(
    properties = {
      "resilience4j.retry.instances.provider.max-attempts=1",
      "resilience4j.circuitbreaker.instances.provider.minimum-number-of-calls=1000",
      "resilience4j.circuitbreaker.instances.provider.sliding-window-size=1000"
    })
class EndlessProviderIT extends RunningGateway {
  /// The largest event or document, and what the sockets between buffer.
  private static final long MAX_BYTES = 24 << 20;

  private static final String EVENT_STREAM =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static final int PIECE_BYTES = 16 << 10;

  private UsageLines usage;

  /// Not earlier: the application's start resets the loggers.
  @BeforeEach
  void captureUsageLines() {
    usage = new UsageLines();
  }

  @AfterEach
  void close() {
    usage.close();
  }

  @ParameterizedTest
  @EnumSource
  void stopsReadingAndAnswersOnce(Endless endless) throws Exception {
    CompletableFuture<HttpResponse<String>> response = chat("Hello");
    Call call = PROVIDER.take();
    call.send(endless.start);

    long sent = call.sendUntilDisconnect(endless.piece(), MAX_BYTES);

    HttpResponse<String> received = response.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    assertThat(sent).isLessThan(MAX_BYTES);
    assertThat(received.statusCode()).isEqualTo(502);
    assertThat(received.body()).contains("\"provider_error\"");
    awaitNoActiveStreams();
    assertThat(usage.lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line).containsEntry("status", 502).containsEntry("error", "provider_error"));
  }

  @ParameterizedTest
  @EnumSource
  void endsABegunAnswerWithOneErrorEvent(EndlessStream endless) throws Exception {
    CompletableFuture<HttpResponse<String>> response = chat("Hello");
    Call call = PROVIDER.take();
    call.openStream();
    call.delta("Hi");
    call.send(endless.start);

    long sent = call.sendUntilDisconnect(endless.piece.repeat(1000).getBytes(US_ASCII), MAX_BYTES);

    HttpResponse<String> received = response.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    assertThat(sent).isLessThan(MAX_BYTES);
    assertThat(received.statusCode()).isEqualTo(200);
    assertThat(List.of(received.body().split("event: error", -1))).hasSize(2);
    assertThat(received.body()).doesNotContain("response.completed", "response.incomplete");
    awaitNoActiveStreams();
    assertThat(usage.lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line).containsEntry("status", 200).containsEntry("error", "provider_error"));
  }

  enum Endless {
    STATUS_LINE("HTTP/1.1 200 ", "x"),
    HEADER_NAME("HTTP/1.1 200 OK\r\n", "x"),
    HEADER_VALUE("HTTP/1.1 200 OK\r\nX: ", "x"),
    FOLDED_HEADER("HTTP/1.1 200 OK\r\nX: x\r\n", " x\r\n"),
    HEADERS("HTTP/1.1 200 OK\r\n", "X: x\r\n"),
    LINES_BEFORE_THE_HEAD("", "\r\n"),
    CHUNK_SIZE(EVENT_STREAM, "0"),
    CHUNK_EXTENSION(EVENT_STREAM + "5;", "x"),
    TRAILER(EVENT_STREAM + "0\r\nX: ", "x"),
    TRAILERS(EVENT_STREAM + "0\r\n", "X: x\r\n"),
    EVENT("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ", "x"),
    DATA_LINES("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", "data:x\n"),
    JSON_DOCUMENT("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"output\":[]}", " "),
    NESTED_DOCUMENT("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"output\":", "["),
    BODY_WITHOUT_A_TYPE("HTTP/1.1 200 OK\r\n\r\n", " "),
    ERROR_BODY("HTTP/1.1 400 Bad Request\r\n\r\n{\"error\":\"", "x"),
    NESTED_ERROR_BODY("HTTP/1.1 400 Bad Request\r\n\r\n", "[");

    private final String start;
    private final String piece;

    Endless(String start, String piece) {
      this.start = start;
      this.piece = piece;
    }

    private byte[] piece() {
      return piece.repeat(PIECE_BYTES / piece.length()).getBytes(US_ASCII);
    }
  }

  enum EndlessStream {
    CHUNK_EXTENSION("5;", "x"),
    TRAILERS("0\r\n", "X: x\r\n"),
    EVENT("", "5\r\ndata:\r\n"),
    LINE("", "3\r\nxxx\r\n");

    private final String start;
    private final String piece;

    EndlessStream(String start, String piece) {
      this.start = start;
      this.piece = piece;
    }
  }
}

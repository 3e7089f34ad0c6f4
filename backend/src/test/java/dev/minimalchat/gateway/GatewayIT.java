package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The whole gateway between a client and a provider.
class GatewayIT extends RunningGateway {
  private static final int STREAMS = 50;
  private static final int DELTAS_PER_STREAM = 40;

  @Test
  void relaysEachDeltaBeforeTheNextArrives() throws Exception {
    try (SocketClient client = SocketClient.connectAndPost(port, "Hello")) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      assertThat(client.readUntil("\"delta\":\"first\"")).doesNotContain("second");

      call.delta("second");
      assertThat(client.readUntil("\"delta\":\"second\"")).doesNotContain("completed");

      call.complete();
      assertThat(client.readUntil("response.completed")).contains("event: response.completed");
    }
  }

  @Test
  void sendsExactlyTheDocumentedResponseHeaders() throws Exception {
    try (SocketClient client = SocketClient.connectAndPost(port, "Hello")) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      String head = client.readUntil("\r\n\r\n");
      end(call);

      assertThat(head).startsWith("HTTP/1.1 200").containsIgnoringCase("text/event-stream\r\n");
      assertThat(names(head))
          .containsExactlyInAnyOrder(
              "x-request-id",
              "vary",
              "ratelimit-limit",
              "ratelimit-remaining",
              "ratelimit-reset",
              "content-security-policy",
              "x-content-type-options",
              "referrer-policy",
              "permissions-policy",
              "cross-origin-opener-policy",
              "cache-control",
              "x-accel-buffering",
              "content-type",
              "transfer-encoding",
              "date");
    }
  }

  @Test
  void sendsNoTraceHeadersByDefault() throws Exception {
    try (SocketClient _ = SocketClient.connectAndPost(port, "Hello")) {
      Call call = PROVIDER.take();
      call.answer("Hello");

      assertThat(call.headers()).doesNotContainKeys("traceparent", "tracestate", "baggage");
    }
  }

  @Test
  void closesTheUpstreamWhenTheClientDisconnectsMidStream() throws Exception {
    Call call;
    try (SocketClient client = SocketClient.connectAndPost(port, "Hello")) {
      call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      client.readUntil("first");
    }

    sendDeltasUntil(call, call::awaitDisconnect);
  }

  @Test
  void closesTheUpstreamWhenTheClientDisconnectsBeforeTheFirstEvent() throws Exception {
    Call call;
    try (SocketClient _ = SocketClient.connectAndPost(port, "Hello")) {
      call = PROVIDER.take();
      call.openStream();
    }

    call.awaitDisconnect();
  }

  @Test
  void relaysConcurrentStreamsCompletelyAndInOrder() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<String>> answers =
          IntStream.range(0, STREAMS)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(() -> answerText("nonce-" + i), executor))
              .toList();
      for (int i = 0; i < STREAMS; i++) {
        Call call = PROVIDER.take();
        var _ = CompletableFuture.runAsync(() -> respond(call), executor);
      }
      for (int i = 0; i < STREAMS; i++) {
        String nonce = "nonce-" + i;
        String expected =
            IntStream.range(0, DELTAS_PER_STREAM)
                .mapToObj(event -> "<" + nonce + ":" + event + ">")
                .collect(Collectors.joining());
        assertThat(answers.get(i).get(TestTimeouts.SECONDS, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }

  @Test
  void servesHealthWithoutAToken() throws Exception {
    assertThat(get(port, "/health").body())
        .matches(
            "\\{\"status\":\"ok\",\"model\":\"gpt-4.1-mini\",\"provider\":\"custom\","
                + "\"version\":\"[^\"]+\"}");
  }

  @Test
  void servesThePageConfiguration() throws Exception {
    assertThat(get(port, "/config.json").body())
        .isEqualTo(
            ("{\"gatewayUrl\":\"\",\"gatewayToken\":\"%s\",\"model\":\"gpt-4.1-mini\","
                    + "\"demo\":false}")
                .formatted(TOKEN));
  }

  @Test
  void servesTheActuatorOnTheManagementPortOnly() throws Exception {
    assertThat(get(managementPort, "/actuator/prometheus").statusCode()).isEqualTo(200);
    assertThat(get(port, "/actuator/prometheus").statusCode()).isEqualTo(404);
    assertThat(get(port, "/actuator/health").statusCode()).isEqualTo(404);
    assertThat(get(port, "/actuator").statusCode()).isEqualTo(404);
  }

  @Test
  void readinessShowsTheBreakerOfTheOnlyProvider() throws Exception {
    String readiness = get(managementPort, "/actuator/health/readiness").body();

    assertThat(readiness).contains("\"provider\":{").doesNotContain("fallback");
  }

  @Test
  void answersAMalformedRequestLineWithJson() throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      client.send("GET /<> HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(client.readUntil("}}"))
          .startsWith("HTTP/1.1 400")
          .containsIgnoringCase("X-Request-Id: ")
          .contains("{\"error\":{\"code\":\"invalid_request\"")
          .doesNotContain("Tomcat", "Exception");
    }
  }

  /// The concatenated deltas of an answer.
  private String answerText(String content) {
    return chat(content)
        .join()
        .body()
        .lines()
        .filter(line -> line.contains("\"delta\":\""))
        .map(line -> line.replaceAll(".*\"delta\":\"(.*)\"}", "$1"))
        .collect(Collectors.joining());
  }

  private static void respond(Call call) {
    String nonce = call.body().replaceAll("(?s).*(nonce-\\d+).*", "$1");
    call.openStream();
    for (int event = 0; event < DELTAS_PER_STREAM; event++) {
      call.delta("<" + nonce + ":" + event + ">");
    }
    end(call);
  }

  private static void end(Call call) {
    call.complete();
    call.endStream();
  }

  /// The gateway detects a disconnect when it writes to the client.
  private static void sendDeltasUntil(Call call, Runnable end) {
    Thread sender =
        Thread.startVirtualThread(() -> {
          while (!Thread.currentThread().isInterrupted()) {
            call.delta("more");
          }
        });
    try {
      end.run();
    } finally {
      sender.interrupt();
    }
  }

  private static List<String> names(String head) {
    return head.lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
        .toList();
  }
}

package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens on a client's connection before the first byte of an answer.
class ConnectionIT extends RunningGateway {
  private static final String HEALTH =
      "GET /health HTTP/1.1\r\nHost: gateway\r\nX-Request-Id: second\r\n\r\n";

  /// Longer than the interval in which the gateway looks for a disconnect.
  private static final long SEVERAL_CHECKS_MS = 1200;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersAPipelinedRequestAfterTheFirst(boolean isChunked) throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      client.send(question(isChunked) + HEALTH);
      Call call = PROVIDER.take();

      assertAnswersBoth(client, call);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersARequestThatArrivesWhileTheFirstWaits(boolean isChunked) throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      client.send(question(isChunked));
      Call call = PROVIDER.take();
      client.send(HEALTH.substring(0, 20));
      awaitSeveralChecks();
      client.send(HEALTH.substring(20));

      assertAnswersBoth(client, call);
    }
  }

  private static void assertAnswersBoth(SocketClient client, Call call) throws IOException {
    awaitSeveralChecks();
    call.answer("the answer");

    assertThat(client.readUntil("event: response.completed"))
        .startsWith("HTTP/1.1 200")
        .contains("the answer");
    assertThat(client.readUntil("\"status\":\"ok\"")).containsIgnoringCase("X-Request-Id: second");
  }

  @Test
  void closesTheUpstreamAndCountsNo200WhenTheClientLeavesBeforeTheFirstEvent() throws Exception {
    double before = count200();
    Call call;
    try (SocketClient _ = SocketClient.connectAndPost(port, "Hello")) {
      call = PROVIDER.take();
    }

    call.awaitDisconnect();
    awaitNoActiveStreams();
    await()
        .atMost(TestTimeouts.LIMIT)
        .untilAsserted(() -> assertThat(metrics()).contains("status=\"499\",uri=\"/v1/chat\""));
    assertThat(count200()).isEqualTo(before);
  }

  @Test
  void asksForTheBodyOnlyAfterAllChecks() throws Exception {
    assertThat(expectContinue(SocketClient.head(10).replace("Bearer ", "Bearer not-")))
        .startsWith("HTTP/1.1 401");
    assertThat(expectContinue(SocketClient.head(2_000_000))).startsWith("HTTP/1.1 413");
    assertThat(expectContinue(SocketClient.head(10).replace("application/json", "text/plain")))
        .startsWith("HTTP/1.1 415");
  }

  @Test
  void asksForTheBodyOfAnAcceptedRequest() throws Exception {
    String body = SocketClient.body("Hello");
    try (SocketClient client = new SocketClient(port)) {
      client.send(withExpectation(SocketClient.head(body.length())));
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100");
      client.send(body);
      PROVIDER.take().answer("Hi");

      assertThat(client.readUntil("event: response.completed")).startsWith("HTTP/1.1 200");
    }
  }

  private String expectContinue(String head) throws IOException {
    try (SocketClient client = new SocketClient(port)) {
      client.send(withExpectation(head));
      return client.readUntil("\r\n\r\n");
    }
  }

  private static String withExpectation(String head) {
    return head.replace("Host:", "Expect: 100-continue\r\nHost:");
  }

  private static String question(boolean isChunked) {
    String body = SocketClient.body("Hello");
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String head = SocketClient.head(length);
    return isChunked
        ? head.replaceFirst("Content-Length: .*\r\n", "Transfer-Encoding: chunked\r\n")
            + Integer.toHexString(length)
            + "\r\n"
            + body
            + "\r\n0\r\n\r\n"
        : head + body;
  }

  private double count200() {
    return meters
        .find("http.server.requests")
        .tags("status", "200", "uri", "/v1/chat")
        .timers()
        .stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  private static void awaitSeveralChecks() {
    long end = System.nanoTime() + SEVERAL_CHECKS_MS * 1_000_000;
    await().until(() -> System.nanoTime() > end);
  }
}

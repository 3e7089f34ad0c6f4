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

/// What passes through the whole gateway, and what must not.
class GatewayIT extends WholeGateway {
  private static final int CROWD = 50;
  private static final int EVENTS_EACH = 40;

  @Test
  void passesADeltaOnWhileTheProviderHoldsTheNext() throws Exception {
    try (Browser browser = Browser.asking(port, "Hello")) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      assertThat(browser.readUntil("\"delta\":\"first\"")).doesNotContain("second");

      call.delta("second");
      assertThat(browser.readUntil("\"delta\":\"second\"")).doesNotContain("completed");

      call.complete();
      assertThat(browser.readUntil("response.completed")).contains("event: response.completed");
    }
  }

  @Test
  void answersWithExactlyTheseHeaders() throws Exception {
    try (Browser browser = Browser.asking(port, "Hello")) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      String head = browser.readUntil("\r\n\r\n");
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
  void tracesNothingUnlessItIsToldTo() throws Exception {
    try (Browser _ = Browser.asking(port, "Hello")) {
      Call call = PROVIDER.take();
      call.answer("Hello");

      assertThat(call.headers()).doesNotContainKeys("traceparent", "tracestate", "baggage");
    }
  }

  @Test
  void hangsUpOnTheProviderWhenTheBrowserLeavesMidStream() throws Exception {
    Call call;
    try (Browser browser = Browser.asking(port, "Hello")) {
      call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      browser.readUntil("first");
    }

    talkUntil(call, call::awaitHangUp);
  }

  @Test
  void hangsUpOnTheProviderWhenTheBrowserLeavesBeforeTheFirstEvent() throws Exception {
    Call call;
    try (Browser _ = Browser.asking(port, "Hello")) {
      call = PROVIDER.take();
      call.openStream();
    }

    call.awaitHangUp();
  }

  @Test
  void keepsManyStreamsApartCompleteAndInOrder() throws Exception {
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<String>> answers =
          IntStream.range(0, CROWD)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> text("nonce-" + i), crowd))
              .toList();
      for (int i = 0; i < CROWD; i++) {
        Call call = PROVIDER.take();
        var _ = CompletableFuture.runAsync(() -> recite(call), crowd);
      }
      for (int i = 0; i < CROWD; i++) {
        String nonce = "nonce-" + i;
        String expected =
            IntStream.range(0, EVENTS_EACH)
                .mapToObj(event -> "<" + nonce + ":" + event + ">")
                .collect(Collectors.joining());
        assertThat(answers.get(i).get(TestTimeouts.SECONDS, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }

  @Test
  void answersHealthWithoutAToken() throws Exception {
    assertThat(get(port, "/health").body())
        .matches(
            "\\{\"status\":\"ok\",\"model\":\"gpt-4.1-mini\",\"provider\":\"custom\","
                + "\"version\":\"[^\"]+\"}");
  }

  @Test
  void tellsThePageWhereItsGatewayIs() throws Exception {
    assertThat(get(port, "/config.json").body())
        .isEqualTo(
            ("{\"gatewayUrl\":\"\",\"gatewayToken\":\"%s\",\"model\":\"gpt-4.1-mini\","
                    + "\"demo\":false}")
                .formatted(TOKEN));
  }

  @Test
  void keepsTheActuatorOffThePublicPort() throws Exception {
    assertThat(get(managementPort, "/actuator/prometheus").statusCode()).isEqualTo(200);
    assertThat(get(port, "/actuator/prometheus").statusCode()).isEqualTo(404);
    assertThat(get(port, "/actuator/health").statusCode()).isEqualTo(404);
    assertThat(get(port, "/actuator").statusCode()).isEqualTo(404);
  }

  @Test
  void answersABadRequestLineWithTheErrorJson() throws Exception {
    try (Browser browser = new Browser(port)) {
      browser.send("GET /<> HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(browser.readUntil("}}"))
          .startsWith("HTTP/1.1 400")
          .containsIgnoringCase("X-Request-Id: ")
          .contains("{\"error\":{\"code\":\"invalid_request\"")
          .doesNotContain("Tomcat", "Exception");
    }
  }

  /// All deltas of an answer.
  private String text(String content) {
    return chat(content)
        .join()
        .body()
        .lines()
        .filter(line -> line.contains("\"delta\":\""))
        .map(line -> line.replaceAll(".*\"delta\":\"(.*)\"}", "$1"))
        .collect(Collectors.joining());
  }

  private static void recite(Call call) {
    String nonce = call.body().replaceAll("(?s).*(nonce-\\d+).*", "$1");
    call.openStream();
    for (int event = 0; event < EVENTS_EACH; event++) {
      call.delta("<" + nonce + ":" + event + ">");
    }
    end(call);
  }

  private static void end(Call call) {
    call.complete();
    call.endStream();
  }

  /// A browser that has left is noticed when there is something to say to it.
  private static void talkUntil(Call call, Runnable end) {
    Thread talk =
        Thread.startVirtualThread(() -> {
          while (!Thread.currentThread().isInterrupted()) {
            call.delta("more");
          }
        });
    try {
      end.run();
    } finally {
      talk.interrupt();
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

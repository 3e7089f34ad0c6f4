package dev.minimalchat.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The whole gateway between a browser and a provider, over real connections.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "access.token=token",
      "upstream.api-key=" + GatewayIT.KEY,
      "limits.rate-per-minute=1000",
      "limits.max-streams-per-client=100"
    })
@AutoConfigureObservability(tracing = false)
@ExtendWith(OutputCaptureExtension.class)
class GatewayIT {
  static final String KEY = "key-canary-51c0";

  private static final String PROMPT = "prompt-canary-93be";
  private static final String PROVIDER_WORDS = "provider-canary-20af";
  private static final int CROWD = 50;
  private static final int EVENTS_EACH = 40;

  private static final SocketProvider PROVIDER = new SocketProvider();

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @LocalManagementPort int managementPort;

  @DynamicPropertySource
  static void provider(DynamicPropertyRegistry properties) {
    properties.add("upstream.base", PROVIDER::base);
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @Test
  void passesADeltaOnWhileTheProviderHoldsTheNext() throws Exception {
    try (Socket browser = ask("Hello")) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      assertThat(readUntil(browser, "\"delta\":\"first\"")).doesNotContain("second");

      call.delta("second");
      assertThat(readUntil(browser, "\"delta\":\"second\"")).doesNotContain("completed");

      call.complete();
      assertThat(readUntil(browser, "response.completed")).contains("event: response.completed");
    }
  }

  @Test
  void answersWithExactlyTheseHeaders() throws Exception {
    try (Socket browser = ask("Hello")) {
      Call call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      String head = readUntil(browser, "\r\n\r\n");
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
  void hangsUpOnTheProviderWhenTheBrowserLeavesMidStream() throws Exception {
    Call call;
    try (Socket browser = ask("Hello")) {
      call = PROVIDER.take();
      call.openStream();
      call.delta("first");
      readUntil(browser, "first");
    }

    talkUntil(call, call::awaitHangUp);
  }

  @Test
  void hangsUpOnTheProviderWhenTheBrowserLeavesBeforeTheFirstEvent() throws Exception {
    Call call;
    try (Socket _ = ask("Hello")) {
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
        assertThat(answers.get(i).get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }

  @Test
  void neverSendsTheKeyToTheBrowser(CapturedOutput output) throws Exception {
    CompletableFuture<HttpResponse<String>> answer = chat(PROMPT);
    Call call = PROVIDER.take();
    assertThat(call.headers()).containsEntry("authorization", "Bearer " + KEY);
    assertThat(call.body()).contains(PROMPT);
    call.answer(
        "401 Unauthorized",
        "application/json",
        "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"%s %s %s\"}}"
            .formatted(PROVIDER_WORDS, KEY, PROMPT));

    HttpResponse<String> refusal = answer.get(Patience.SECONDS, TimeUnit.SECONDS);

    assertThat(refusal.statusCode()).isEqualTo(502);
    assertThat(refusal.headers().map() + refusal.body())
        .contains("provider_error")
        .doesNotContain(KEY, PROMPT, PROVIDER_WORDS);
    assertThat(output).contains("invalid_api_key").doesNotContain(KEY, PROMPT, PROVIDER_WORDS);
  }

  @Test
  void neverRelaysTheWordsOfAnErrorInsideTheStream(CapturedOutput output) throws Exception {
    CompletableFuture<HttpResponse<String>> answer = chat(PROMPT);
    Call call = PROVIDER.take();
    call.openStream();
    call.delta("first");
    call.event(
        "{\"type\":\"error\",\"code\":\"invalid_prompt\",\"message\":\"%s %s %s\"}"
            .formatted(PROVIDER_WORDS, KEY, PROMPT));

    HttpResponse<String> stream = answer.get(Patience.SECONDS, TimeUnit.SECONDS);

    assertThat(stream.body())
        .contains("event: error")
        .doesNotContain(KEY, PROMPT, PROVIDER_WORDS, "response.completed");
    assertThat(output).contains("invalid_prompt").doesNotContain(KEY, PROMPT, PROVIDER_WORDS);
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
            "{\"gatewayUrl\":\"\",\"gatewayToken\":\"token\",\"model\":\"gpt-4.1-mini\","
                + "\"demo\":false}");
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
    try (Socket browser = connect()) {
      browser.getOutputStream().write("GET /<> HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));

      assertThat(readUntil(browser, "}}"))
          .startsWith("HTTP/1.1 400")
          .containsIgnoringCase("X-Request-Id: ")
          .contains("{\"error\":{\"code\":\"invalid_request\"")
          .doesNotContain("Tomcat", "Exception");
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) Patience.LIMIT.toMillis());
    return socket;
  }

  private Socket ask(String content) throws IOException {
    Socket socket = connect();
    String body = body(content);
    OutputStream out = socket.getOutputStream();
    out.write(
        ("POST /v1/chat HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer token\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(UTF_8));
    return socket;
  }

  private CompletableFuture<HttpResponse<String>> chat(String content) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat"))
            .header("Authorization", "Bearer token")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(content)))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> get(int where, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + where + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static String body(String content) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
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

  /// Reads no further than the end of that text.
  private static String readUntil(Socket browser, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = browser.getInputStream().read();
      assertThat(next).as("more after: %s", read).isNotNegative();
      read.append((char) next);
    }
    return read.toString();
  }

  private static List<String> names(String head) {
    return head.lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
        .toList();
  }
}

package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Keys, tokens, addresses and content never appear in responses, logs or metrics, even with every
/// logger enabled.
@ExtendWith(OutputCaptureExtension.class)
class SecretLeakIT extends RunningGateway {
  private static final List<String> LOGGERS =
      List.of(
          "org.apache",
          "org.springframework.web",
          "org.springframework.boot",
          "org.springframework.http",
          "org.hibernate.validator",
          "io.github.resilience4j",
          "dev.minimalchat.gateway");
  private static final String PROMPT = "prompt-canary-93be";
  private static final String ANSWER = "answer-canary-c417";
  private static final String PROVIDER_TEXT = "provider-canary-20af";
  private static final String ADDRESS = "203.0.113.77";

  /// The lowest level that `logging.level` can set; the loggers that print whole requests are
  /// disabled by name.
  @BeforeEach
  void enableAllLogs() {
    LOGGERS.forEach(name -> setLevel(name, Level.TRACE));
  }

  @AfterEach
  void restoreLogLevels() {
    LOGGERS.forEach(name -> setLevel(name, null));
  }

  @ParameterizedTest
  @EnumSource
  void keepsSecretsAndContentOutOfResponsesLogsAndMetrics(
      ProviderResponse providerResponse, CapturedOutput output) throws Exception {
    var response = chat(PROMPT);
    Call call = PROVIDER.take();
    respond(providerResponse, call);

    var received = response.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);

    awaitNoActiveStreams();
    assertThat(received.headers().map() + received.body())
        .doesNotContain(KEY, TOKEN, PROMPT, PROVIDER_TEXT);
    assertThat(output.getAll() + metrics())
        .doesNotContain(KEY, TOKEN, PROMPT, ANSWER, PROVIDER_TEXT);
  }

  @Test
  void keepsARejectedRequestOutOfLogsAndMetrics(CapturedOutput output) throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      String body = SocketClient.body(PROMPT).replace("\"content\"", "\"contents\"");
      client.send(
          SocketClient.head(body.length())
                  .replace(
                      "Host:", "Connection: close\r\nX-Forwarded-For: " + ADDRESS + "\r\nHost:")
              + body);

      assertThat(client.readToTheEnd()).contains("invalid_request").doesNotContain(PROMPT, TOKEN);
    }
    assertThat(output.getAll() + metrics()).doesNotContain(TOKEN, PROMPT, ADDRESS);
  }

  @Test
  void keepsARejectedTokenOutOfLogsAndMetrics(CapturedOutput output) throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      String head =
          SocketClient.head(0)
              .replace("Bearer ", "Bearer not-")
              .replace("Host:", "Connection: close\r\nHost:");
      client.send(head);

      assertThat(client.readToTheEnd()).contains("unauthorized").doesNotContain(TOKEN);
    }
    assertThat(output.getAll() + metrics()).doesNotContain(TOKEN);
  }

  enum ProviderResponse {
    COMPLETED,
    BAD_KEY,
    BAD_REQUEST,
    UNKNOWN_MODEL,
    QUOTA_EXCEEDED,
    NOT_IMPLEMENTED,
    HTML,
    INVALID_JSON,
    ERROR_EVENT,
    FAILED_EVENT,
    UNKNOWN_EVENT,
    EVENT_WITH_INVALID_JSON,
    TRUNCATED,
    RESET
  }

  private static void setLevel(String logger, @Nullable Level level) {
    ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
  }

  private static void respond(ProviderResponse response, Call call) {
    switch (response) {
      case COMPLETED -> call.answer(ANSWER);
      case BAD_KEY -> respondWithError(call, "401 Unauthorized", "invalid_api_key");
      case BAD_REQUEST -> respondWithError(call, "400 Bad Request", "invalid_prompt");
      case UNKNOWN_MODEL -> respondWithError(call, "404 Not Found", "model_not_found");
      case QUOTA_EXCEEDED -> respondWithError(call, "429 Too Many Requests", "insufficient_quota");
      case NOT_IMPLEMENTED -> respondWithError(call, "501 Not Implemented", "server_error");
      case HTML -> call.answer("200 OK", "text/html", "<p>" + PROVIDER_TEXT + "</p>");
      case INVALID_JSON -> call.answer("403 Forbidden", "application/json", "{\"" + PROVIDER_TEXT);
      default -> respondWithStream(response, call);
    }
  }

  private static void respondWithStream(ProviderResponse response, Call call) {
    call.openStream();
    call.delta(ANSWER);
    switch (response) {
      case ERROR_EVENT ->
          call.event(
              "{\"type\":\"error\",\"code\":\"c\",\"message\":\"%s\"}".formatted(PROVIDER_TEXT));
      case FAILED_EVENT ->
          call.event(
              "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"c\",\"message\":\"%s\"}}}"
                  .formatted(PROVIDER_TEXT));
      case UNKNOWN_EVENT -> {
        call.event("{\"type\":\"%s\"}".formatted(PROVIDER_TEXT));
        call.complete();
      }
      case EVENT_WITH_INVALID_JSON -> call.event("{" + PROVIDER_TEXT);
      case RESET -> call.reset();
      default -> call.disconnect();
    }
    call.endStream();
  }

  private static void respondWithError(Call call, String status, String code) {
    call.send(
        """
        HTTP/1.1 %s\r
        X-Words: %s\r
        Content-Type: application/json\r
        X-Should-Retry: false\r
        Connection: close\r
        \r
        {"error":{"code":"%s","message":"%s %s %s"}}\
        """
            .formatted(status, PROVIDER_TEXT, code, PROVIDER_TEXT, PROMPT, KEY));
    call.disconnect();
  }
}

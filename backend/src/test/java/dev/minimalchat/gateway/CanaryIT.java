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

/// What nobody may learn from an answer, a log or a metric, even where an operator has turned every
/// log on.
@ExtendWith(OutputCaptureExtension.class)
class CanaryIT extends WholeGateway {
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
  private static final String PROVIDER_WORDS = "provider-canary-20af";
  private static final String ADDRESS = "203.0.113.77";

  /// As precise as `logging.level` can make them; what says too much is switched off by name.
  @BeforeEach
  void turnLogsOn() {
    LOGGERS.forEach(name -> level(name, Level.TRACE));
  }

  @AfterEach
  void turnLogsBack() {
    LOGGERS.forEach(name -> level(name, null));
  }

  @ParameterizedTest
  @EnumSource
  void staysUnseenHoweverTheProviderAnswers(Answer answer, CapturedOutput output) throws Exception {
    var response = chat(PROMPT);
    Call call = PROVIDER.take();
    give(answer, call);

    var received = response.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);

    leaveNothingRunning();
    assertThat(received.headers().map() + received.body())
        .doesNotContain(KEY, TOKEN, PROMPT, PROVIDER_WORDS);
    assertThat(output.getAll() + metrics())
        .doesNotContain(KEY, TOKEN, PROMPT, ANSWER, PROVIDER_WORDS);
  }

  @Test
  void staysUnseenInARequestThatIsRefused(CapturedOutput output) throws Exception {
    try (Browser browser = new Browser(port)) {
      String body = Browser.body(PROMPT).replace("\"content\"", "\"contents\"");
      browser.send(
          Browser.head(body.length())
                  .replace(
                      "Host:", "Connection: close\r\nX-Forwarded-For: " + ADDRESS + "\r\nHost:")
              + body);

      assertThat(browser.readToTheEnd()).contains("invalid_request").doesNotContain(PROMPT, TOKEN);
    }
    assertThat(output.getAll() + metrics()).doesNotContain(TOKEN, PROMPT, ADDRESS);
  }

  @Test
  void staysUnseenInATokenThatIsRefused(CapturedOutput output) throws Exception {
    try (Browser browser = new Browser(port)) {
      String head =
          Browser.head(0)
              .replace("Bearer ", "Bearer not-")
              .replace("Host:", "Connection: close\r\nHost:");
      browser.send(head);

      assertThat(browser.readToTheEnd()).contains("unauthorized").doesNotContain(TOKEN);
    }
    assertThat(output.getAll() + metrics()).doesNotContain(TOKEN);
  }

  enum Answer {
    WELL,
    BAD_KEY,
    BAD_REQUEST,
    NO_MODEL,
    NO_QUOTA,
    OUT_OF_ORDER,
    HTML,
    NO_JSON,
    ERROR_EVENT,
    FAILED_EVENT,
    UNKNOWN_EVENT,
    EVENT_THAT_IS_NO_JSON,
    CUT,
    RESET
  }

  private static void level(String logger, @Nullable Level level) {
    ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
  }

  private static void give(Answer answer, Call call) {
    switch (answer) {
      case WELL -> call.answer(ANSWER);
      case BAD_KEY -> refuse(call, "401 Unauthorized", "invalid_api_key");
      case BAD_REQUEST -> refuse(call, "400 Bad Request", "invalid_prompt");
      case NO_MODEL -> refuse(call, "404 Not Found", "model_not_found");
      case NO_QUOTA -> refuse(call, "429 Too Many Requests", "insufficient_quota");
      case OUT_OF_ORDER -> refuse(call, "501 Not Implemented", "server_error");
      case HTML -> call.answer("200 OK", "text/html", "<p>" + PROVIDER_WORDS + "</p>");
      case NO_JSON -> call.answer("403 Forbidden", "application/json", "{\"" + PROVIDER_WORDS);
      default -> begin(answer, call);
    }
  }

  private static void begin(Answer answer, Call call) {
    call.openStream();
    call.delta(ANSWER);
    switch (answer) {
      case ERROR_EVENT ->
          call.event(
              "{\"type\":\"error\",\"code\":\"c\",\"message\":\"%s\"}".formatted(PROVIDER_WORDS));
      case FAILED_EVENT ->
          call.event(
              "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"c\",\"message\":\"%s\"}}}"
                  .formatted(PROVIDER_WORDS));
      case UNKNOWN_EVENT -> {
        call.event("{\"type\":\"%s\"}".formatted(PROVIDER_WORDS));
        call.complete();
      }
      case EVENT_THAT_IS_NO_JSON -> call.event("{" + PROVIDER_WORDS);
      case RESET -> call.reset();
      default -> call.hangUp();
    }
    call.endStream();
  }

  private static void refuse(Call call, String status, String code) {
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
            .formatted(status, PROVIDER_WORDS, code, PROVIDER_WORDS, PROMPT, KEY));
    call.hangUp();
  }
}

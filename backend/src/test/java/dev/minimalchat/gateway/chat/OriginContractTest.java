package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.Answers.assertError;
import static dev.minimalchat.gateway.chat.Answers.header;
import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static dev.minimalchat.gateway.chat.ChatRequests.padded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

/// Which pages may read what the gateway answers.
@Contract
class OriginContractTest {
  @Autowired ApiClient caller;
  @Autowired @AutoClose Script script;

  static Stream<Arguments> whatAnAllowedOriginMayRead() {
    return Stream.of(Contract.ORIGIN, Contract.PREVIEW)
        .flatMap(
            origin -> Arrays.stream(Answer.values()).map(answer -> Arguments.of(origin, answer)));
  }

  @ParameterizedTest
  @MethodSource("whatAnAllowedOriginMayRead")
  void letsAnAllowedOriginReadWhateverIsAnswered(String origin, Answer answer) {
    assertReadable(give(answer, origin), origin, answer.status);
  }

  @ParameterizedTest
  @EnumSource
  void letsNoOtherOriginReadWhateverWouldBeAnswered(Answer answer) {
    assertUnreadable(give(answer, "https://chat.example.com.evil.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://chat.example.com",
        "https://chat.example.com:444",
        "https://chat.example.com.evil.example",
        "null"
      })
  void refusesAnotherOriginWithoutCorsHeaders(String origin) {
    assertUnreadable(caller.send(caller.chat(aQuestion()).header("Origin", origin)));
  }

  @Test
  void refusesAnotherOriginBeforeItLooksAtTheToken() {
    assertUnreadable(
        caller.send(caller.chatWithoutToken(aQuestion()).header("Origin", "https://evil.example")));
  }

  @Test
  void answersThePreflightOfAnAllowedOriginForTwoHours() {
    MockHttpServletResponse answer = caller.send(caller.preflight(Contract.ORIGIN));

    assertReadable(answer, Contract.ORIGIN, 204);
    assertThat(answer.getHeader("Access-Control-Max-Age")).isEqualTo("7200");
    assertThat(header(answer, "Access-Control-Allow-Methods")).contains("POST");
    assertThat(header(answer, "Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type", "X-Request-Id");
  }

  @Test
  void refusesThePreflightOfAnotherOrigin() {
    assertUnreadable(caller.send(caller.preflight("https://evil.example")));
  }

  @Test
  void variesByOriginWhereThereIsNone() {
    assertThat(caller.exchange("{}").getHeaders("Vary")).contains("Origin");
  }

  /// A question from that origin which is answered so.
  private MockHttpServletResponse give(Answer answer, String origin) {
    if (answer == Answer.RATE_LIMITED) {
      for (int i = 0; i < Contract.RATE; i++) {
        caller.exchange("{}");
      }
    }
    if (answer.code == null) {
      script.says(new Completed(null));
    } else {
      script.fails(new Failure(answer.code, "scripted"));
    }
    return caller.send(request(answer).header("Origin", origin));
  }

  private MockMvcRequestBuilder request(Answer answer) {
    return switch (answer) {
      case INVALID -> caller.chat("{}");
      case UNAUTHORIZED -> caller.chatWithoutToken(aQuestion());
      case NOT_FOUND -> caller.authorised(caller.get("/v1/nothing"));
      case METHOD -> caller.authorised(caller.get("/v1/chat"));
      case TOO_LARGE -> caller.chat(padded(2049));
      case MEDIA_TYPE ->
          caller.authorised(caller.post().contentType(MediaType.TEXT_PLAIN).content("Hello"));
      default -> caller.chat(aQuestion());
    };
  }

  enum Answer {
    STREAM(200, null),
    INVALID(400, null),
    UNAUTHORIZED(401, null),
    NOT_FOUND(404, null),
    METHOD(405, null),
    TOO_LARGE(413, null),
    MEDIA_TYPE(415, null),
    RATE_LIMITED(429, null),
    INTERNAL(500, ErrorCode.INTERNAL),
    PROVIDER_ERROR(502, ErrorCode.PROVIDER_ERROR),
    OVERLOADED(503, ErrorCode.OVERLOADED),
    TIMEOUT(504, ErrorCode.TIMEOUT);

    private final int status;
    private final @Nullable ErrorCode code;

    Answer(int status, @Nullable ErrorCode code) {
      this.status = status;
      this.code = code;
    }
  }

  private static void assertReadable(MockHttpServletResponse answer, String origin, int status) {
    assertThat(answer.getStatus()).isEqualTo(status);
    assertThat(answer.getHeaders("Access-Control-Allow-Origin")).containsExactly(origin);
    assertThat(header(answer, "Access-Control-Expose-Headers"))
        .contains("X-Request-Id", "Retry-After", "RateLimit-Remaining");
    assertThat(answer.getHeaders("Vary")).contains("Origin");
    assertThat(answer.getHeader("X-Request-Id")).isNotBlank();
    assertThat(answer.containsHeader("Access-Control-Allow-Credentials")).isFalse();
  }

  private static void assertUnreadable(MockHttpServletResponse answer) {
    assertError(
        answer,
        403,
        "origin_not_allowed",
        "This environment is not authorised to use the chat service.",
        false);
    assertThat(answer.getHeaderNames()).noneMatch(name -> name.startsWith("Access-Control-"));
    assertThat(answer.getHeaders("Vary")).contains("Origin");
  }
}

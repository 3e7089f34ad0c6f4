package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.Answers.assertError;
import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;

/// Each failure before the first event: its status, its code and its sentence.
@Contract
class ErrorContractTest {
  private static final String CANARY = "canary-7f3a";
  private static final String WENT_WRONG = "Something went wrong. Please try again.";

  @Autowired ApiClient caller;
  @Autowired @AutoClose Script script;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CONTEXT_TOO_LONG | 400 | false | This conversation is too long. Please start a new one.
          OVERLOADED       | 503 | true  | The chat service is busy. Please try again in a moment.
          TIMEOUT          | 504 | true  | The model is taking too long—please try again.
          PROVIDER_ERROR   | 502 | true  | Something went wrong. Please try again.
          """)
  void answersAFailureBeforeTheFirstEventWithItsStatusAndSentence(
      ErrorCode code, int status, boolean retryable, String sentence) {
    script.fails(new Failure(code, CANARY));

    assertError(caller.exchange(aQuestion()), status, code.code(), sentence, retryable);
  }

  @Test
  void answersAnUnexpectedExceptionWithoutItsMessage() {
    script.fails(new IllegalStateException(CANARY));

    assertError(caller.exchange(aQuestion()), 500, "internal", WENT_WRONG, true);
  }

  @Test
  void passesOnHowLongTheProviderWantsUsToWait() {
    Duration wait = Duration.ofMillis(1500);
    script.fails(new Failure(ErrorCode.OVERLOADED, "", wait, null));

    assertThat(caller.exchange(aQuestion()).getHeader("Retry-After")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Bearer wrong", "Basic token", "token", "Bearer token2"})
  void refusesWhoeverHasNoToken(String authorization) {
    MockHttpServletResponse answer =
        caller.send(
            caller.chatWithoutToken(aQuestion()).header(HttpHeaders.AUTHORIZATION, authorization));

    assertError(
        answer,
        401,
        "unauthorized",
        "Cannot reach the chat service (authorisation required).",
        false);
    assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void refusesAPathThatDoesNotExist() {
    MockHttpServletResponse answer = caller.send(caller.authorised(caller.get("/v1/models")));

    assertError(answer, 404, "not_found", WENT_WRONG, false);
  }

  @Test
  void refusesAnotherMethod() {
    MockHttpServletResponse answer = caller.send(caller.authorised(caller.get("/v1/chat")));

    assertError(answer, 405, "method_not_allowed", WENT_WRONG, false);
  }

  @Test
  void refusesAnotherContentType() {
    MockHttpServletResponse answer =
        caller.send(caller.chat(aQuestion()).contentType(MediaType.TEXT_PLAIN));

    assertError(answer, 415, "unsupported_media_type", WENT_WRONG, false);
  }

  @Test
  void refusesABodyWithoutContentType() {
    MockHttpServletResponse answer =
        caller.send(caller.authorised(caller.post()).content(aQuestion()));

    assertError(answer, 415, "unsupported_media_type", WENT_WRONG, false);
  }

  @Test
  void neverLetsAnErrorBeCached() {
    assertThat(caller.exchange("{}").getHeader("Cache-Control")).isEqualTo("no-store");
  }
}

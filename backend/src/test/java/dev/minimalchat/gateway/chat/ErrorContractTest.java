package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static dev.minimalchat.gateway.chat.ResponseAssertions.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
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

/// Status, code and message of each failure before the first event.
@GatewayContractTest
class ErrorContractTest {
  private static final String CANARY = "canary-7f3a";
  private static final String GENERIC_MESSAGE = "Something went wrong. Please try again.";

  @Autowired ApiClient client;
  @Autowired @AutoClose FakeUpstream upstream;

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
  void answersAFailureBeforeTheFirstEventWithItsStatusAndMessage(
      ErrorCode code, int status, boolean retryable, String message) {
    upstream.fails(new Failure(code, CANARY));

    assertError(client.exchange(aQuestion()), status, code.code(), message, retryable);
  }

  @Test
  void tellsTheUserNotToTryAgainWhenTheProviderRefusesTheKey() {
    upstream.fails(
        new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, CANARY, null, null).asPermanent());

    assertError(client.exchange(aQuestion()), 502, "provider_error", GENERIC_MESSAGE, false);
  }

  @Test
  void answersAnUnexpectedExceptionWithoutItsMessage() {
    upstream.fails(new IllegalStateException(CANARY));

    assertError(client.exchange(aQuestion()), 500, "internal", GENERIC_MESSAGE, true);
  }

  @Test
  void relaysTheProvidersRetryAfter() {
    Duration wait = Duration.ofMillis(1500);
    upstream.fails(new Failure(ErrorCode.OVERLOADED, "", wait, null));

    assertThat(client.exchange(aQuestion()).getHeader("Retry-After")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Bearer wrong", "Basic token", "token", "Bearer token2"})
  void rejectsAMissingOrInvalidToken(String authorization) {
    MockHttpServletResponse response =
        client.send(
            client.chatWithoutToken(aQuestion()).header(HttpHeaders.AUTHORIZATION, authorization));

    assertError(
        response,
        401,
        "unauthorized",
        "Cannot reach the chat service (authorisation required).",
        false);
    assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void rejectsAnUnknownPath() {
    MockHttpServletResponse response = client.send(client.withToken(client.get("/v1/nowhere")));

    assertError(response, 404, "not_found", GENERIC_MESSAGE, false);
  }

  @Test
  void rejectsAnUnsupportedMethod() {
    MockHttpServletResponse response = client.send(client.withToken(client.get("/v1/chat")));

    assertError(response, 405, "method_not_allowed", GENERIC_MESSAGE, false);
  }

  @Test
  void rejectsAnUnsupportedContentType() {
    MockHttpServletResponse response =
        client.send(client.chat(aQuestion()).contentType(MediaType.TEXT_PLAIN));

    assertError(response, 415, "unsupported_media_type", GENERIC_MESSAGE, false);
  }

  @Test
  void rejectsABodyWithoutContentType() {
    MockHttpServletResponse response =
        client.send(client.withToken(client.post()).content(aQuestion()));

    assertError(response, 415, "unsupported_media_type", GENERIC_MESSAGE, false);
  }

  @Test
  void forbidsCachingOfErrors() {
    assertThat(client.exchange("{}").getHeader("Cache-Control")).isEqualTo("no-store");
  }
}

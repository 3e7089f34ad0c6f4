package dev.minimalchat.gateway.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The error table of `docs/protocol.md`.
class ErrorCodeTest {
  private static final String TABLE =
      """
      invalid_request | 400 | false | The request is not valid.
      unauthorized | 401 | false | Cannot reach the chat service (authorisation required).
      access_code_required | 401 | false | Please enter the access code.
      origin_not_allowed | 403 | false | This environment is not authorised to use the chat service.
      not_found | 404 | false | Something went wrong. Please try again.
      model_not_found | 404 | false | This model is not available. Please choose another.
      method_not_allowed | 405 | false | Something went wrong. Please try again.
      unsupported_media_type | 415 | false | Something went wrong. Please try again.
      resume_conflict | 409 | false | Something went wrong. Please try again.
      payload_too_large | 413 | false | This conversation is too long. Please start a new one.
      context_too_long | 400 | false | This conversation is too long. Please start a new one.
      rate_limited | 429 | true | Too many requests. Please wait a moment and try again.
      overloaded | 503 | true | The chat service is busy. Please try again in a moment.
      timeout | 504 | true | The model is taking too long—please try again.
      provider_error | 502 | true | Something went wrong. Please try again.
      internal | 500 | true | Something went wrong. Please try again.
      """;

  @Test
  void hasTheDocumentedStatusAndMessage() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCodeTest::row))
        .containsExactlyElementsOf(TABLE.lines().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_REQUEST",
    "404, NOT_FOUND",
    "405, METHOD_NOT_ALLOWED",
    "406, INVALID_REQUEST",
    "413, PAYLOAD_TOO_LARGE",
    "415, UNSUPPORTED_MEDIA_TYPE",
    "431, INVALID_REQUEST",
    "499, INVALID_REQUEST",
    "500, INTERNAL",
    "501, INVALID_REQUEST",
    "503, OVERLOADED",
    "505, INVALID_REQUEST"
  })
  void mapsAnHttpStatusToACode(int status, ErrorCode code) {
    assertThat(ErrorCode.of(status)).isEqualTo(code);
  }

  private static String row(ErrorCode code) {
    return "%s | %d | %s | %s"
        .formatted(code.code(), code.status().value(), code.retryable(), code.message());
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The mapping of HTTP errors to error codes, by status, code and type.
class ProviderErrorsTest {
  /// Error codes of the transient recorded errors; all others are a PROVIDER_ERROR.
  private static final Map<String, ErrorCode> TRANSIENT_RECORDINGS =
      Map.of("openrouter-429", ErrorCode.OVERLOADED);

  @AutoClose private static final ErrorProvider PROVIDER = new ErrorProvider();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # status, code, type, error code, transient
          400, -, invalid_request_error, PROVIDER_ERROR, false
          400, invalid_type, invalid_request_error, PROVIDER_ERROR, false
          400, unsupported_parameter, invalid_request_error, PROVIDER_ERROR, false
          400, model_not_found, invalid_request_error, PROVIDER_ERROR, false
          400, previous_response_not_found, invalid_request_error, PROVIDER_ERROR, false
          400, content_filter, -, PROVIDER_ERROR, false
          400, context_length_exceeded, -, CONTEXT_TOO_LONG, false
          400, context_length_exceeded, invalid_request_error, CONTEXT_TOO_LONG, false
          400, string_above_max_length, invalid_request_error, CONTEXT_TOO_LONG, false
          400, 400, exceed_context_size_error, CONTEXT_TOO_LONG, false
          401, invalid_api_key, invalid_request_error, PROVIDER_ERROR, false
          402, 402, -, PROVIDER_ERROR, false
          403, -, -, PROVIDER_ERROR, false
          404, model_not_found, invalid_request_error, PROVIDER_ERROR, false
          408, -, -, TIMEOUT, true
          409, -, -, PROVIDER_ERROR, true
          413, -, -, CONTEXT_TOO_LONG, false
          413, rate_limit_exceeded, tokens, CONTEXT_TOO_LONG, false
          415, -, -, PROVIDER_ERROR, false
          422, -, -, PROVIDER_ERROR, false
          429, rate_limit_exceeded, requests, OVERLOADED, true
          429, rate_limit_exceeded, tokens, OVERLOADED, true
          429, rate_limit_exceeded, -, OVERLOADED, true
          429, slow_down, rate_limit_error, OVERLOADED, true
          429, -, -, OVERLOADED, true
          429, 429, -, OVERLOADED, true
          429, insufficient_quota, insufficient_quota, PROVIDER_ERROR, false
          429, insufficient_quota, -, PROVIDER_ERROR, false
          429, -, insufficient_quota, PROVIDER_ERROR, false
          500, server_error, server_error, PROVIDER_ERROR, true
          502, -, -, PROVIDER_ERROR, true
          503, server_is_overloaded, service_unavailable_error, OVERLOADED, true
          503, server_is_overloaded, -, OVERLOADED, true
          503, -, -, OVERLOADED, true
          504, -, -, TIMEOUT, true
          520, -, -, PROVIDER_ERROR, true
          529, -, overloaded_error, OVERLOADED, true
          529, -, -, OVERLOADED, true
          """)
  void mapsStatusCodeAndTypeToAnErrorCode(
      int status,
      @Nullable String code,
      @Nullable String type,
      ErrorCode expected,
      boolean isTransient) {
    String body =
        "{\"error\":{\"message\":\"SECRET\",\"type\":%s,\"param\":null,\"code\":%s}}"
            .formatted(json(type), json(code));

    assertThat(PROVIDER.failureFor(aResponse().withStatus(status).withBody(body)))
        .has(Failures.code(expected))
        .is(Failures.isTransient(isTransient))
        .hasMessageContaining("status " + status)
        .hasMessageNotContaining("SECRET");
  }

  @ParameterizedTest
  @CsvSource({"500, true", "520, true", "502, false", "503, false", "504, false", "429, false"})
  void aPlain500IsAServerError(int status, boolean expected) {
    assertThat(UpstreamFailure.isServerError(PROVIDER.failureFor(aResponse().withStatus(status))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"server_error, true", "500, true", "rate_limit_exceeded, false", "503, false"})
  void anErrorInsideAStreamIsAServerErrorByItsCode(String code, boolean expected) {
    JsonNode error = JsonNodeFactory.instance.objectNode().put("code", code);

    assertThat(UpstreamFailure.isServerError(ProviderErrors.of(200, error))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # status, code, type, retryable
          400, unsupported_parameter, invalid_request_error, false
          400, model_not_found, invalid_request_error, false
          401, invalid_api_key, invalid_request_error, false
          401, -, -, false
          402, 402, -, false
          403, -, -, false
          404, model_not_found, invalid_request_error, false
          408, -, -, true
          409, -, -, true
          429, rate_limit_exceeded, requests, true
          429, insufficient_quota, insufficient_quota, false
          429, -, insufficient_quota, false
          429, billing_not_active, -, false
          500, server_error, server_error, true
          502, -, -, true
          503, -, -, true
          520, -, -, true
          """)
  void tellsTheUserToTryAgainOnlyWhereThatCanHelp(
      int status, @Nullable String code, @Nullable String type, boolean retryable) {
    String body =
        "{\"error\":{\"message\":\"No\",\"type\":%s,\"code\":%s}}"
            .formatted(json(type), json(code));

    assertThat(PROVIDER.failureFor(aResponse().withStatus(status).withBody(body)))
        .is(Failures.isRetryable(retryable));
  }

  @ParameterizedTest
  @CsvSource({
    "insufficient_quota, false",
    "invalid_api_key, false",
    "model_not_found, false",
    "403, false",
    "server_error, true",
    "rate_limit_exceeded, true",
    "a_new_code, true"
  })
  void anErrorInsideAStreamIsRetryableByItsCode(String code, boolean retryable) {
    JsonNode error = JsonNodeFactory.instance.objectNode().put("code", code);

    assertThat(ProviderErrors.of(200, error).withUsage(null)).is(Failures.isRetryable(retryable));
  }

  @Test
  void theProvidersWordThatARetryHelpsWins() {
    assertThat(ProviderErrors.of(400, null, null, true, RequestParameters.NONE))
        .is(Failures.isRetryable(true));
  }

  @TestFactory
  Stream<DynamicTest> mapsRecordedErrors() {
    return SharedFixtures.cases("http-errors.json")
        .map(recorded -> dynamicTest(recorded.path("id").asText(), () -> assertMapped(recorded)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SECRET",
        "<html>SECRET</html>",
        "{",
        "null",
        "[]",
        "7",
        "{\"detail\":[{\"msg\":\"SECRET\"}]}",
        "{\"error\":\"SECRET\"}",
        "{\"error\":null}",
        "{\"error\":[\"SECRET\"]}",
        "{\"error\":{\"code\":{\"a\":\"SECRET\"},\"type\":[\"SECRET\"]}}"
      })
  void fallsBackToTheStatusWithoutAnErrorObject(String body) {
    assertThat(PROVIDER.failureFor(aResponse().withStatus(503).withBody(body)))
        .has(Failures.code(ErrorCode.OVERLOADED))
        .hasMessage("provider status 503 code none type none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/octet-stream", "text/html", "text/event-stream", "?"})
  void parsesTheErrorBodyWithAnyContentType(String contentType) {
    assertThat(
            PROVIDER.failureFor(
                aResponse()
                    .withStatus(400)
                    .withHeader("Content-Type", contentType)
                    .withBody("{\"error\":{\"code\":\"context_length_exceeded\"}}")))
        .has(Failures.code(ErrorCode.CONTEXT_TOO_LONG));
  }

  @Test
  void limitsTheSizeOfTheErrorBody() {
    String body =
        "{\"error\":{\"message\":\"%s\",\"code\":\"context_length_exceeded\"}}"
            .formatted("x".repeat(1 << 20));

    assertThat(PROVIDER.failureFor(aResponse().withStatus(400).withBody(body)))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"two words", "line\\nbreak", "<b>", "sk-a-key", "a_word", "999", "\\u0000"})
  void logsNoCodeOrTypeThatIsNotKnown(String code) {
    String body = "{\"error\":{\"code\":\"%1$s\",\"type\":\"%1$s\"}}".formatted(code);

    assertThat(PROVIDER.failureFor(aResponse().withStatus(400).withBody(body)))
        .hasMessage("provider status 400 code other type other");
  }

  @Test
  void includesTheCodeAndTheTypeInTheLogMessage() {
    String body = "{\"error\":{\"code\":\"model_not_found\",\"type\":\"invalid_request_error\"}}";

    assertThat(PROVIDER.failureFor(aResponse().withStatus(404).withBody(body)))
        .hasMessage("provider status 404 code model_not_found type invalid_request_error");
  }

  private void assertMapped(JsonNode recorded) {
    String id = recorded.path("id").asText();
    ResponseDefinitionBuilder answer =
        aResponse()
            .withStatus(recorded.path("status").asInt())
            .withBody(recorded.path("body").toString());
    recorded
        .path("headers")
        .properties()
        .forEach(header -> {
          if (!header.getKey().equals("content-length")) {
            answer.withHeader(header.getKey(), header.getValue().asText());
          }
        });

    assertThat(PROVIDER.failureFor(answer))
        .has(Failures.code(TRANSIENT_RECORDINGS.getOrDefault(id, ErrorCode.PROVIDER_ERROR)))
        .is(Failures.isTransient(TRANSIENT_RECORDINGS.containsKey(id)))
        .hasMessageNotContaining(recorded.at("/body/error/message").asText());
  }

  /// Numeric codes are JSON numbers, as some servers send them.
  private static String json(@Nullable String word) {
    return word == null || word.matches("\\d+") ? String.valueOf(word) : '"' + word + '"';
  }
}

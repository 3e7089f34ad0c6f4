package dev.minimalchat.gateway.upstream.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Failures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderErrorsTest {
  /// What the recorded errors mean that are not simply the gateway's own mistake.
  private static final Map<String, ErrorCode> RECORDED_MEANINGS =
      Map.of("openrouter-429", ErrorCode.OVERLOADED);

  private static final Set<String> RECORDED_AS_PASSING = Set.of("openrouter-429");

  @RegisterExtension
  private static final WireMockExtension PROVIDER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private OpenAiClient client;

  @BeforeEach
  void open() {
    client = new OpenAiClient(URI.create(PROVIDER.baseUrl() + "/v1"));
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # status, code, type, meaning, passing
          400, -, invalid_request_error, PROVIDER_ERROR, false
          400, invalid_type, invalid_request_error, PROVIDER_ERROR, false
          400, unsupported_parameter, invalid_request_error, PROVIDER_ERROR, false
          400, model_not_found, invalid_request_error, PROVIDER_ERROR, false
          400, previous_response_not_found, invalid_request_error, PROVIDER_ERROR, false
          400, content_filter, -, PROVIDER_ERROR, false
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
          415, -, -, PROVIDER_ERROR, false
          422, -, -, PROVIDER_ERROR, false
          429, rate_limit_exceeded, requests, OVERLOADED, true
          429, rate_limit_exceeded, tokens, OVERLOADED, true
          429, slow_down, rate_limit_error, OVERLOADED, true
          429, -, -, OVERLOADED, true
          429, 429, -, OVERLOADED, true
          429, insufficient_quota, insufficient_quota, PROVIDER_ERROR, false
          429, -, insufficient_quota, PROVIDER_ERROR, false
          500, server_error, server_error, PROVIDER_ERROR, true
          502, -, -, PROVIDER_ERROR, true
          503, server_is_overloaded, service_unavailable_error, OVERLOADED, true
          503, -, -, OVERLOADED, true
          504, -, -, TIMEOUT, true
          520, -, -, PROVIDER_ERROR, true
          529, -, overloaded_error, OVERLOADED, true
          """)
  void translatesTheStatusWithTheCodeAndTheType(
      int status,
      @Nullable String code,
      @Nullable String type,
      ErrorCode meaning,
      boolean passing) {
    String body =
        "{\"error\":{\"message\":\"SECRET\",\"type\":%s,\"param\":null,\"code\":%s}}"
            .formatted(json(type), json(code));

    assertThat(failureOn(aResponse().withStatus(status).withBody(body)))
        .has(Failures.code(meaning))
        .matches(failure -> Failures.PASSING.matches(failure) == passing, "passing: " + passing)
        .hasMessageContaining("status " + status)
        .hasMessageNotContaining("SECRET");
  }

  @TestFactory
  Stream<DynamicTest> translatesRecordedErrors() {
    return SharedFixtures.find("http-errors.json").stream()
        .map(SharedFixtures::bytes)
        .map(ProviderErrorsTest::parse)
        .flatMap(file -> file.path("cases").valueStream())
        .map(recorded ->
            dynamicTest(recorded.path("id").asText(), () -> assertTranslated(recorded)));
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
  void fallsBackToTheStatusWhereTheBodyDoesNotTell(String body) {
    assertThat(failureOn(aResponse().withStatus(503).withBody(body)))
        .has(Failures.code(ErrorCode.OVERLOADED))
        .hasMessage("provider status 503 code none type none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/octet-stream", "text/html", "text/event-stream", "?"})
  void readsTheBodyWhateverItsTypeIs(String contentType) {
    assertThat(
            failureOn(
                aResponse()
                    .withStatus(400)
                    .withHeader("Content-Type", contentType)
                    .withBody("{\"error\":{\"code\":\"context_length_exceeded\"}}")))
        .has(Failures.code(ErrorCode.CONTEXT_TOO_LONG));
  }

  @Test
  void readsNoMoreOfABodyThanAnErrorNeeds() {
    String body =
        "{\"error\":{\"message\":\"%s\",\"code\":\"context_length_exceeded\"}}"
            .formatted("x".repeat(1 << 20));

    assertThat(failureOn(aResponse().withStatus(400).withBody(body)))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two words",
        "line\\nbreak",
        "<b>",
        "code=\\\"x\\\"",
        "sehr-höflich",
        "\\u0000",
        ""
      })
  void quotesOnlyWordsInTheLog(String code) {
    String body = "{\"error\":{\"code\":\"%1$s\",\"type\":\"%1$s\"}}".formatted(code);

    assertThat(failureOn(aResponse().withStatus(400).withBody(body)))
        .hasMessage("provider status 400 code none type none");
  }

  @Test
  void quotesTheCodeAndTheTypeInTheLog() {
    String body = "{\"error\":{\"code\":\"model_not_found\",\"type\":\"invalid_request_error\"}}";

    assertThat(failureOn(aResponse().withStatus(404).withBody(body)))
        .hasMessage("provider status 404 code model_not_found type invalid_request_error");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1000",
    "2.5, 2500",
    "120, 120000",
    "-3, 0",
  })
  void passesOnTheSecondsThatTheProviderAsksFor(String seconds, long millis) {
    assertThat(failureOn(busy().withHeader("Retry-After", seconds)).retryAfter())
        .contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "350, 350", "17.9, 17", "-3, 0"})
  void passesOnTheMillisecondsThatTheProviderAsksFor(String wait, long millis) {
    assertThat(failureOn(busy().withHeader("retry-after-ms", wait)).retryAfter())
        .contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Fri, 15 Jan 2027 08:00:30 GMT | 30
          Friday, 15-Jan-27 08:00:30 GMT | 30
          Fri, 15 Jan 2027 07:00:00 GMT | 0
          """)
  void passesOnTheTimeUntilTheDateThatTheProviderNames(String date, long seconds) {
    assertThat(failureOn(busy().withHeader("Retry-After", date)).retryAfter())
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void prefersTheFinerOfTwoWaits() {
    assertThat(
            failureOn(busy().withHeader("retry-after-ms", "350").withHeader("Retry-After", "1"))
                .retryAfter())
        .contains(Duration.ofMillis(350));
  }

  @Test
  void takesTheCoarserWaitWhereTheFinerIsNone() {
    assertThat(
            failureOn(busy().withHeader("retry-after-ms", "soon").withHeader("Retry-After", "1"))
                .retryAfter())
        .contains(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "NaN", "Infinity", "1e999"})
  void asksForNoWaitThatIsNoNumber(String value) {
    assertThat(
            failureOn(busy().withHeader("retry-after-ms", value).withHeader("Retry-After", value))
                .retryAfter())
        .isEmpty();
  }

  @Test
  void bearsAWaitWithoutEnd() {
    assertThat(failureOn(busy().withHeader("Retry-After", "1e300")).retryAfter())
        .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofDays(365)));
  }

  @Test
  void asksForNoWaitWhereTheProviderDoesNot() {
    assertThat(failureOn(busy()).retryAfter()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"503, false", "429, false", "400, true", "401, true"})
  void believesTheProviderOnWhetherToAskAgain(int status, boolean shouldRetry) {
    assertThat(
            failureOn(
                aResponse()
                    .withStatus(status)
                    .withHeader("x-should-retry", String.valueOf(shouldRetry))))
        .matches(failure -> Failures.PASSING.matches(failure) == shouldRetry);
  }

  @ParameterizedTest
  @EnumSource
  void takesABrokenConnectionForAFailureThatPasses(Fault fault) {
    assertThat(failureOn(aResponse().withFault(fault)))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR));
  }

  private void assertTranslated(JsonNode recorded) {
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
    ErrorCode meaning = RECORDED_MEANINGS.getOrDefault(id, ErrorCode.PROVIDER_ERROR);

    Failure failure = failureOn(answer);

    assertThat(failure)
        .has(Failures.code(meaning))
        .hasMessageNotContaining(recorded.at("/body/error/message").asText())
        .matches(thrown -> Failures.PASSING.matches(thrown) == RECORDED_AS_PASSING.contains(id));
    assertThat(failure.userMessage()).isEqualTo(meaning.message());
  }

  /// Whatever the provider says, the user reads the sentence of the contract.
  private Failure failureOn(ResponseDefinitionBuilder answer) {
    PROVIDER.stubFor(post("/v1/responses").willReturn(answer));

    Failure failure = Optional.ofNullable(client.ask().failure()).orElseThrow();

    assertThat(failure.userMessage()).isEqualTo(failure.code().message());
    return failure;
  }

  private static ResponseDefinitionBuilder busy() {
    return aResponse().withStatus(429);
  }

  private static JsonNode parse(byte[] json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Numbers stay numbers, as some servers send them.
  private static String json(@Nullable String word) {
    return word == null || word.matches("\\d+") ? String.valueOf(word) : '"' + word + '"';
  }
}

package dev.minimalchat.gateway.upstream.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Prompt;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// What is asked of a provider, and what its answers mean: statuses, headers, delays and faults.
class ProviderAnswersTest {
  private static final JsonMapper JSON = new JsonMapper();

  /// The recorded answers that are not simply a provider's error.
  private static final Map<String, ErrorCode> MEANINGS =
      Map.of("openrouter-429", ErrorCode.OVERLOADED);

  private final WireMockServer provider =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private final ThreadPoolTaskScheduler timers = new ThreadPoolTaskScheduler();
  private final CloseableHttpClient client =
      new ResponsesConfiguration().providerClient(properties());

  @BeforeEach
  void open() {
    provider.start();
    timers.initialize();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    timers.shutdown();
    provider.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "400, '', PROVIDER_ERROR",
    "400, context_length_exceeded, CONTEXT_TOO_LONG",
    "401, invalid_api_key, PROVIDER_ERROR",
    "402, '', PROVIDER_ERROR",
    "403, '', PROVIDER_ERROR",
    "404, model_not_found, PROVIDER_ERROR",
    "408, '', TIMEOUT",
    "413, '', CONTEXT_TOO_LONG",
    "422, '', PROVIDER_ERROR",
    "429, rate_limit_exceeded, OVERLOADED",
    "429, slow_down, OVERLOADED",
    "429, insufficient_quota, PROVIDER_ERROR",
    "500, server_error, PROVIDER_ERROR",
    "502, '', PROVIDER_ERROR",
    "503, server_is_overloaded, OVERLOADED",
    "504, '', TIMEOUT",
    "529, '', OVERLOADED",
  })
  void givesEachStatusItsMeaning(int status, String code, ErrorCode meaning) {
    answers(
        aResponse()
            .withStatus(status)
            .withBody("{\"error\":{\"code\":\"%s\",\"message\":\"CANARY\"}}".formatted(code)));

    assertThat(failure().code()).isEqualTo(meaning);
  }

  @TestFactory
  Stream<DynamicTest> givesRecordedErrorsTheirMeaningAndQuotesNone() {
    return SharedFixtures.find("http-errors.json").stream()
        .flatMap(ProviderAnswersTest::cases)
        .map(given -> dynamicTest(given.path("id").asText(), () -> quotesNothingOf(given)));
  }

  private void quotesNothingOf(JsonNode given) {
    provider.resetAll();
    ResponseDefinitionBuilder answer =
        aResponse()
            .withStatus(given.path("status").asInt())
            .withBody(
                given.path("body").isTextual()
                    ? given.path("body").asText()
                    : given.path("body").toString());
    answers(answer);

    Failure failure = failure();
    assertThat(failure.code())
        .isEqualTo(MEANINGS.getOrDefault(given.path("id").asText(), ErrorCode.PROVIDER_ERROR));
    String message = given.path("body").path("error").path("message").asText("-");
    assertThat(failure.getMessage() + failure.userMessage()).doesNotContain(message);
  }

  @Test
  void takesAnErrorWhateverItsBodyIs() {
    for (String body :
        List.of("", "<html>bad gateway</html>", "[]", "null", "{\"error\":\"no\"}")) {
      provider.resetAll();
      answers(aResponse().withStatus(500).withBody(body));
      assertThat(failure().code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after, 2, 2000",
    "retry-after, 1.5, 1500",
    "retry-after-ms, 250.5, 250",
    "retry-after, soon, -1",
    "retry-after, Infinity, -1",
  })
  void passesOnHowLongTheProviderAsksToWait(String header, String value, long millis) {
    answers(aResponse().withStatus(429).withHeader(header, value).withBody("{}"));

    assertThat(failure().retryAfter().map(Duration::toMillis).orElse(-1L)).isEqualTo(millis);
  }

  @Test
  void asksWithTheLeastThatEveryServerUnderstands() {
    answers(aResponse().withStatus(500));
    failure();

    provider.verify(
        postRequestedFor(urlEqualTo("/v1/responses"))
            .withHeader("Authorization", equalTo("Bearer sk-test"))
            .withHeader("Accept", equalTo("text/event-stream"))
            .withHeader("X-Request-Id", equalTo("request-1"))
            .withHeader("Accept-Encoding", absent())
            .withRequestBody(
                equalToJson(
                    """
                    {"model":"m","input":[{"type":"message","role":"user","content":"Hello"}],
                     "stream":true,"store":false}
                    """)));
  }

  @Test
  void addsWhatTheOperatorHasSet() {
    answers(aResponse().withStatus(500));
    UpstreamProperties set =
        new UpstreamProperties(
            "sk-test",
            URI.create("http://localhost"),
            "m",
            "Be kind.",
            256,
            0.5,
            "low",
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    failure(set);

    provider.verify(
        postRequestedFor(urlEqualTo("/v1/responses"))
            .withRequestBody(
                equalToJson(
                    """
                    {"model":"m","instructions":"Be kind.","max_output_tokens":256,
                     "temperature":0.5,"reasoning":{"effort":"low"},"stream":true,"store":false,
                     "input":[{"type":"message","role":"user","content":"Hello"}]}
                    """)));
  }

  @Test
  void neverCarriesTheKeyAfterARedirect() {
    answers(aResponse().withStatus(307).withHeader("Location", provider.baseUrl() + "/elsewhere"));

    assertThat(failure().code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
    assertThat(provider.getAllServeEvents()).hasSize(1);
  }

  @Test
  void refusesAPageWithStatus200() {
    answers(aResponse().withHeader("Content-Type", "text/html").withBody("<html></html>"));

    assertThat(failure().code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
  }

  @Test
  void readsAnAnswerThatIsNotStreamed() {
    answers(
        aResponse()
            .withHeader("Content-Type", "application/json")
            .withBody(
                """
                {"id":"r","model":"m","status":"completed","output":[{"type":"message",
                 "content":[{"type":"output_text","text":"Whole."}]}]}
                """));

    try (UpstreamStream stream = ask(properties())) {
      assertThat(stream.next()).isInstanceOf(UpstreamEvent.Started.class);
      assertThat(stream.next()).isEqualTo(new UpstreamEvent.TextDelta("Whole."));
      assertThat(stream.next()).isEqualTo(new UpstreamEvent.Completed(null));
    }
  }

  @ParameterizedTest
  @CsvSource({"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK"})
  void turnsABrokenConnectionIntoAProviderError(Fault fault) {
    answers(aResponse().withHeader("Content-Type", "text/event-stream").withFault(fault));

    assertThat(failure().code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
  }

  @Test
  void turnsAProviderThatIsNotThereIntoAProviderError() {
    int port = provider.port();
    provider.stop();
    try (UpstreamStream stream = ask(properties(), port)) {
      assertThat(catchThrowableOfType(Failure.class, stream::next).code())
          .isEqualTo(ErrorCode.PROVIDER_ERROR);
    }
  }

  @Test
  void givesUpAWaitAsSoonAsItIsClosed() throws Exception {
    answers(aResponse().withFixedDelay(60_000));
    UpstreamStream stream = ask(properties());
    CompletableFuture<Failure> waiting = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> waiting.complete(catchThrowableOfType(Failure.class, stream::next)));
    await()
        .until(
            () -> provider.findAll(postRequestedFor(urlEqualTo("/v1/responses"))),
            requests -> !requests.isEmpty());

    stream.close();

    assertThat(waiting.get(5, TimeUnit.SECONDS)).hasMessageContaining("closed by the gateway");
  }

  private void answers(ResponseDefinitionBuilder answer) {
    provider.stubFor(post("/v1/responses").willReturn(answer));
  }

  private Failure failure() {
    return failure(properties());
  }

  private Failure failure(UpstreamProperties properties) {
    try (UpstreamStream stream = ask(properties)) {
      return catchThrowableOfType(Failure.class, stream::next);
    }
  }

  private UpstreamStream ask(UpstreamProperties properties) {
    return ask(properties, provider.port());
  }

  private UpstreamStream ask(UpstreamProperties properties, int port) {
    URI base = URI.create("http://127.0.0.1:" + port + "/v1");
    Prompt prompt = new Prompt("request-1", List.of(new Message(Role.USER, "Hello")));
    Provider asked = new Provider("custom", base, "sk-test", "m");
    return new ResponsesUpstream(client, asked, properties, timers).ask(prompt);
  }

  private static UpstreamProperties properties() {
    Duration enough = Duration.ofSeconds(30);
    URI base = URI.create("http://localhost");
    return new UpstreamProperties(
        "sk-test", base, "m", null, null, null, null, enough, enough, enough, enough);
  }

  private static Stream<JsonNode> cases(Path file) {
    try {
      JsonNode cases = JSON.readTree(file.toFile()).path("cases");
      return StreamSupport.stream(cases.spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

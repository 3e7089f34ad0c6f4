package dev.minimalchat.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.minimalchat.gateway.ProviderAnswers.COMPLETED;
import static dev.minimalchat.gateway.ProviderAnswers.EVENTS;
import static dev.minimalchat.gateway.ProviderAnswers.INCOMPLETE;
import static dev.minimalchat.gateway.ProviderAnswers.REFUSAL;
import static dev.minimalchat.gateway.ProviderAnswers.WORK;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.minimalchat.gateway.resume.ResumeKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Real responses, validated against `docs/openapi.yaml`.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "minimalchat.access.token=token",
      "minimalchat.access.allowed-origins=https://chat.example.com",
      "minimalchat.upstream.api-key=key",
      "minimalchat.reasoning.summary=auto",
      "minimalchat.reasoning.text=show",
      "minimalchat.hosted-tools.web-search=web_search",
      "minimalchat.hosted-tools.vector-store-ids=vs_1",
      "minimalchat.limits.max-messages=2",
      "minimalchat.limits.rate-per-minute=2"
    })
class OpenApiContractIT {
  private static final String STREAM = "/v1/chat/stream";
  private static final List<String> RATE_HEADERS =
      List.of("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");

  @RegisterExtension
  private static final WireMockExtension PROVIDER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static int clients;

  private final HttpClient http = HttpClient.newHttpClient();
  private final OpenApiDocument contract;

  @LocalServerPort int port;

  OpenApiContractIT() throws Exception {
    contract = new OpenApiDocument();
  }

  @DynamicPropertySource
  static void provider(DynamicPropertyRegistry properties) {
    properties.add("minimalchat.upstream.base", () -> PROVIDER.baseUrl() + "/v1");
  }

  @BeforeEach
  void stubResponses() {
    stub("completed", stream(EVENTS + COMPLETED));
    stub("incomplete", stream(EVENTS + INCOMPLETE));
    stub("refusal", stream(REFUSAL + COMPLETED));
    stub("cut", stream(EVENTS));
    stub("work", stream(WORK + EVENTS + COMPLETED));
    stub("long", error(400, "context_length_exceeded"));
    stub("key", error(401, "invalid_api_key"));
    stub("busy", error(429, "rate_limit_exceeded").withHeader("Retry-After", "7"));
    stub("slow", error(504, "timeout"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"completed", "incomplete", "refusal", "cut"})
  void documentsEveryStreamEvent(String question) throws Exception {
    HttpResponse<String> response = send(chat(aQuestion(question)));

    assertThat(response.statusCode()).isEqualTo(200);
    contract.assertDocuments("post", "/v1/chat", response);
  }

  @Test
  void documentsTheWorkOfTheModel() throws Exception {
    String body =
        """
        {"messages":[{"role":"user","content":"work"}],
         "tools":["web_search","file_search"],"reasoning":"summary"}
        """;
    HttpResponse<String> response = send(chat(body));

    assertThat(response.body())
        .contains(
            "reasoning_summary_text", "reasoning_text", "web_search", "file_search", "annotation");
    contract.assertDocuments("post", "/v1/chat", response);
  }

  @Test
  void documentsTheResponseToAnUnknownModel() throws Exception {
    HttpResponse<String> response =
        send(chat("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"model\":\"other\"}"));

    assertThat(response.statusCode()).isEqualTo(404);
    contract.assertDocuments("post", "/v1/chat", response);
  }

  @ParameterizedTest
  @CsvSource({"long, 400", "key, 502", "busy, 503", "slow, 504"})
  void documentsProviderErrors(String question, int status) throws Exception {
    HttpResponse<String> response = send(chat(aQuestion(question)));

    assertThat(response.statusCode()).isEqualTo(status);
    contract.assertDocuments("post", "/v1/chat", response);
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer wrong, 401",
    "Origin, https://evil.example, 403",
    "Content-Type, text/plain, 415"
  })
  void documentsRejectedRequests(String header, String value, int status) throws Exception {
    HttpResponse<String> response = send(chat(aQuestion("completed")).setHeader(header, value));

    assertThat(response.statusCode()).isEqualTo(status);
    contract.assertDocuments("post", "/v1/chat", response);
  }

  @Test
  void documentsAnswersThatAreResumed() throws Exception {
    String key = "a-key-of-the-contract-test";
    HttpResponse<String> answer =
        send(chat(aQuestion("completed")).setHeader(ResumeKey.HEADER, key));
    assertThat(answer.body()).contains("resumable");
    contract.assertDocuments("post", "/v1/chat", answer);
    HttpResponse<String> conflict =
        send(chat(aQuestion("refusal")).setHeader(ResumeKey.HEADER, key));
    assertThat(conflict.statusCode()).isEqualTo(409);
    contract.assertDocuments("post", "/v1/chat", conflict);

    assertDocumentsStream("GET", "?after=0", key, 200);
    assertDocumentsStream("GET", "?after=9", key, 204);
    assertDocumentsStream("GET", "?after=x", key, 400);
    assertDocumentsStream("GET", "", "another-key-of-the-contract", 404);
    assertDocumentsStream("DELETE", "", key, 204);
    assertDocumentsStream("DELETE", "", "short", 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  void documentsAStreamOfAnotherOrigin(String method) throws Exception {
    HttpResponse<String> response =
        send(
            stream(method, "", "a-key-of-another-origin").header("Origin", "https://evil.example"));

    assertThat(response.statusCode()).isEqualTo(403);
    contract.assertDocuments(method.toLowerCase(Locale.ROOT), STREAM, response);
  }

  /// Reads have a rate that is some times as high.
  @Test
  void documentsTheRateOfReads() throws Exception {
    String key = "a-key-of-the-rate-of-reads";
    HttpRequest.Builder request = stream("GET", "?after=-1", key);
    send(chat(aQuestion("completed")).setHeader(ResumeKey.HEADER, key));

    HttpResponse<String> response = send(request);
    contract.assertDocuments("get", STREAM, response);
    contract.assertDocumentsHeaders("get", STREAM, response, RATE_HEADERS);
    int rate = Integer.parseInt(response.headers().firstValue("RateLimit-Limit").orElseThrow());
    for (int i = 1; i < rate; i++) {
      send(request);
    }
    HttpResponse<String> refused = send(request);
    assertThat(refused.statusCode()).isEqualTo(429);
    contract.assertDocuments("get", STREAM, refused);
    contract.assertDocumentsHeaders("get", STREAM, refused, RATE_HEADERS);
  }

  private void assertDocumentsStream(String method, String query, String key, int status)
      throws Exception {
    HttpResponse<String> response = send(stream(method, query, key));
    assertThat(response.statusCode()).isEqualTo(status);
    String documented = method.toLowerCase(Locale.ROOT);
    if (status == 204) {
      List<String> headers = method.equals("GET") ? RATE_HEADERS : List.of();
      contract.assertDocumentsEmpty(documented, STREAM, response, headers);
    } else {
      contract.assertDocuments(documented, STREAM, response);
    }
  }

  private HttpRequest.Builder stream(String method, String query, String key) {
    return chat(aQuestion("completed"))
        .uri(URI.create("http://127.0.0.1:" + port + STREAM + query))
        .setHeader(ResumeKey.HEADER, key)
        .method(method, BodyPublishers.noBody());
  }

  @Test
  void documentsTheResponseToTooManyMessages() throws Exception {
    String message = "{\"role\":\"user\",\"content\":\"a\"}";

    HttpResponse<String> response =
        send(chat("{\"messages\":[%1$s,%1$s,%1$s]}".formatted(message)));

    assertThat(response.statusCode()).isEqualTo(413);
    contract.assertDocuments("post", "/v1/chat", response);
  }

  @Test
  void documentsTheResponseOverTheRateLimit() throws Exception {
    HttpRequest.Builder request = chat(aQuestion("completed"));
    send(request);
    send(request);

    HttpResponse<String> response = send(request);

    assertThat(response.statusCode()).isEqualTo(429);
    contract.assertDocuments("post", "/v1/chat", response);
  }

  @Test
  void documentsTheResponseToAnUnsupportedMethod() throws Exception {
    HttpResponse<String> response = send(chat("").GET());

    assertThat(response.statusCode()).isEqualTo(405);
    contract.assertDocuments("post", "/v1/chat", response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/config.json"})
  void documentsPublicEndpoints(String path) throws Exception {
    contract.assertDocuments("get", path, send(request(path)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[{\"role\":\"user\",\"content\":\"completed\"}]}",
        "{\"messages\":[{\"role\":\"system\",\"content\":\"a\"},"
            + "{\"role\":\"user\",\"content\":\"completed\"}]}",
        "{}",
        "{\"messages\":[]}",
        "{\"messages\":[{\"role\":\"user\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\" \"}]}",
        "{\"messages\":[{\"role\":\"tool\",\"content\":\"a\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\",\"name\":\"b\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"stream\":true}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"completed\"}],\"tools\":[\"web_search\"]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"completed\"}],\"tools\":null}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"completed\"}],\"reasoning\":\"summary\"}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"reasoning\":\"text\"}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"tools\":[\"shell\"]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"tools\":\"web_search\"}",
        "{\"messages\":[{\"role\":\"user\",\"content\":[]}]}"
      })
  void acceptsExactlyTheRequestsTheSchemaAllows(String body) throws Exception {
    HttpResponse<String> response = send(chat(body));

    assertThat(response.statusCode()).isEqualTo(contract.allows(body) ? 200 : 400);
    contract.assertDocuments("post", "/v1/chat", response);
  }

  private static void stub(String question, ResponseDefinitionBuilder response) {
    PROVIDER.stubFor(
        post("/v1/responses").withRequestBody(containing(question)).willReturn(response));
  }

  private static ResponseDefinitionBuilder stream(String events) {
    return aResponse().withHeader("Content-Type", "text/event-stream").withBody(events);
  }

  private static ResponseDefinitionBuilder error(int status, String code) {
    return aResponse()
        .withStatus(status)
        .withHeader("x-should-retry", "false")
        .withBody("{\"error\":{\"code\":\"%s\"}}".formatted(code));
  }

  private static String aQuestion(String question) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(question);
  }

  /// A request from a new client address, whose rate limit is unused.
  private HttpRequest.Builder chat(String body) {
    return request("/v1/chat")
        .header("Authorization", "Bearer token")
        .header("Content-Type", "application/json")
        .header("X-Forwarded-For", "203.0.113." + ++clients)
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}

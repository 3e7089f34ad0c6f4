package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.OpenApiDocument;
import dev.minimalchat.gateway.TestTimeouts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/// A program that uses the gateway with its API token. Every response is validated against
/// `docs/openapi.yaml`. In its JSON single quotes stand for double quotes.
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class Program {
  static final String RESPONSES = "/v1/responses";
  static final String CHAT = "/v1/chat/completions";
  private static final String MODEL = "/v1/models/{id}";
  private static final Set<String> PATHS = Set.of(RESPONSES, CHAT, "/v1/models", MODEL);
  private static final JsonMapper JSON = new JsonMapper();

  private final MockMvcTester mvc;
  private final OpenApiDocument contract;

  Program(MockMvcTester mvc) throws IOException {
    this.mvc = mvc;
    this.contract = new OpenApiDocument();
  }

  MockHttpServletResponse post(String path, String json) {
    return send(request(path, json));
  }

  /// Sends the request and returns while the answer still runs.
  void start(String path, String json) {
    request(path, json).asyncExchange();
  }

  MockMvcRequestBuilder request(String path, String json) {
    return withToken(
        mvc.post()
            .uri(path)
            .contentType(MediaType.APPLICATION_JSON)
            .content(json.replace('\'', '"')),
        ApiContractTest.TOKEN);
  }

  MockMvcRequestBuilder get(String path, String token) {
    return withToken(mvc.get().uri(path), token);
  }

  MockMvcRequestBuilder preflight(String path) {
    return mvc.options()
        .uri(path)
        .header("Origin", ApiContractTest.ORIGIN)
        .header("Access-Control-Request-Method", "POST");
  }

  MockHttpServletResponse send(MockMvcRequestBuilder request) {
    MvcTestResult result = request.exchange(TestTimeouts.LIMIT);
    assertDocumented(result.getRequest(), result.getResponse());
    return result.getResponse();
  }

  /// Paths that do not exist, and the page's own, are documented elsewhere.
  private void assertDocumented(MockHttpServletRequest request, MockHttpServletResponse response) {
    String path = String.valueOf(request.getRequestURI()).replaceFirst("^/v1/models/.+", MODEL);
    String method = String.valueOf(request.getMethod()).toLowerCase(Locale.ROOT);
    if (!PATHS.contains(path) || method.equals("options")) {
      return;
    }
    try {
      contract.assertDocuments(
          method,
          path,
          response.getStatus(),
          name -> Optional.ofNullable(response.getHeader(name)),
          text(response));
    } catch (IOException e) {
      throw new AssertionError(text(response), e);
    }
  }

  static MockMvcRequestBuilder withToken(MockMvcRequestBuilder request, String token) {
    return request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  /// The body of a response that is not a stream.
  static JsonNode body(MockHttpServletResponse response) {
    return json(text(response));
  }

  /// The data of each event of a stream, without `[DONE]`.
  static List<JsonNode> events(MockHttpServletResponse response) {
    return text(response)
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> json(line.substring("data: ".length())))
        .toList();
  }

  /// The types of the events of a stream.
  static List<String> types(MockHttpServletResponse response) {
    return events(response).stream().map(event -> event.path("type").asText()).toList();
  }

  static String text(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
  }
}

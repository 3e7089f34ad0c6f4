package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;

/// Responses of a gateway with an access code, validated against `docs/openapi.yaml`.
@TestPropertySource(properties = "minimalchat.access-code.codes=the-code-of-the-page")
class OpenApiAccessCodeIT extends RunningGateway {
  private static final int WRONG_CODES = 5;

  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/chat, 203.0.113.1",
    "GET, /v1/chat/stream, 203.0.113.2",
    "DELETE, /v1/chat/stream, 203.0.113.3"
  })
  void documentsTooManyWrongAccessCodes(String method, String path, String client)
      throws Exception {
    OpenApiDocument contract = new OpenApiDocument();
    String documented = method.toLowerCase(Locale.ROOT);
    for (int i = 0; i < WRONG_CODES; i++) {
      HttpResponse<String> wrong = send(method, path, client, "wrong-code-" + i);
      assertThat(wrong.statusCode()).isEqualTo(401);
      contract.assertDocuments(documented, path, wrong);
    }

    HttpResponse<String> refused = send(method, path, client, "one-code-too-many");

    assertThat(refused.statusCode()).isEqualTo(429);
    contract.assertDocuments(documented, path, refused);
  }

  private HttpResponse<String> send(String method, String path, String client, String code)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + code)
            .header("Content-Type", "application/json")
            .header("Resume-Key", "a-key-of-the-access-code")
            .header("X-Forwarded-For", client)
            .method(method, BodyPublishers.ofString("{}"))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}

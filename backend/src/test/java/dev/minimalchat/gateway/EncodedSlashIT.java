package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/// OpenAI's SDKs encode the slashes of a model's id.
@TestPropertySource(properties = "minimalchat.models.list=small, vendor/large:free")
class EncodedSlashIT extends RunningGateway {

  @ParameterizedTest
  @ValueSource(strings = {"vendor%2Flarge%3Afree", "vendor%2flarge:free", "vendor/large:free"})
  void aModelIsFound(String id) throws Exception {
    assertThat(answer("/v1/models/" + id, TOKEN))
        .startsWith("HTTP/1.1 200")
        .contains("{\"id\":\"vendor/large:free\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models/vendor%2Flarge%3Afree", "/v1/models/a%2f%76"})
  void aModelNeedsTheToken(String path) throws Exception {
    assertThat(answer(path, "")).startsWith("HTTP/1.1 401");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1%2fmodels",
        "/v1%2Fmodels%2Fsmall",
        "/v1/models%2fsmall",
        "/v1/chat%2fstream",
        "/v1/models/..%2fchat",
        "/v1/models/a%2f..%2f..%2f..%2fhealth",
        "/v1/models/%2e%2e%2fchat",
        "/v1/models/../health%2fx",
        "/v1/models/a;b=%2f",
        "/v1/models/a/b%2fc",
        "/assets%2fx",
        "/assets/..%2findex.html",
        "/..%2fx",
        "/%2f",
        "/health%2f",
        "/%2fevil.example"
      })
  void anywhereElseItIsRejected(String path) throws Exception {
    assertThat(answer(path, TOKEN))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":\"invalid_request\"");
  }

  private String answer(String path, String token) throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      client.send(
          "GET %s HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(path, token));
      return client.readToTheEnd();
    }
  }
}

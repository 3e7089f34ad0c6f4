package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The profile `local`: a foreign page must not reach the developer's gateway by a host name of its
/// own (DNS rebinding).
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.profiles.active=local",
      "management.server.port=0",
      "minimalchat.upstream.api-key=key"
    })
class LocalHostIT {
  @LocalServerPort int port;

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:8000", "127.0.0.1:3000", "[::1]", "[::1]:8000"})
  void answersTheMachinesOwnNames(String host) throws IOException {
    assertThat(get("/config.json", host, "")).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "192.168.1.5",
        "[::2]"
      })
  void rejectsAnyOtherHost(String host) throws IOException {
    assertThat(get("/config.json", host, ""))
        .startsWith("HTTP/1.1 403")
        .contains("origin_not_allowed")
        .doesNotContain("dev-token");
  }

  @Test
  void keepsTheHealthFromForeignOrigins() throws IOException {
    assertThat(get("/health", "localhost", "Origin: https://evil.example\r\n"))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("Access-Control-Allow-Origin");
  }

  private String get(String path, String host, String headers) throws IOException {
    try (SocketClient client = new SocketClient(port)) {
      client.send(
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
              .formatted(path, host, headers));
      return client.readToTheEnd();
    }
  }
}

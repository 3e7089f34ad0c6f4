package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gateway's own page behind a proxy. The tests connect from the loopback address, which is
/// trusted.
class ForwardedOriginIT extends RunningGateway {

  @ParameterizedTest
  @CsvSource({
    "http://gateway:8000, gateway:8000,,",
    "http://gateway, gateway:80,,",
    "https://chat.example.com, chat.example.com, https,",
    "https://chat.example.com, chat.example.com:443, https,",
    "https://chat.example.com:8443, chat.example.com:8443, https,",
    "https://chat.example.com, gateway:8000, https, chat.example.com",
    "https://chat.example.com, gateway:8000, 'https, http', 'chat.example.com, inner'",
    "https://[2001:db8::1], [2001:DB8::1], https,"
  })
  void allowsTheOriginThatTheBrowserSees(
      String origin, String host, @Nullable String proto, @Nullable String forwardedHost)
      throws IOException {
    assertThat(status(origin, host, proto, forwardedHost)).isEqualTo("200");
  }

  @ParameterizedTest
  @CsvSource({
    "https://chat.example.com, chat.example.com,,",
    "http://chat.example.com, chat.example.com, https,",
    "https://evil.example, chat.example.com, https,",
    "https://chat.example.com:8443, chat.example.com, https,",
    "https://gateway, gateway, https, chat.example.com",
    "'', gateway,,",
    "null, gateway,,"
  })
  void rejectsAnyOtherOrigin(
      String origin, String host, @Nullable String proto, @Nullable String forwardedHost)
      throws IOException {
    assertThat(status(origin, host, proto, forwardedHost)).isEqualTo("403");
  }

  private String status(
      String origin, String host, @Nullable String proto, @Nullable String forwardedHost)
      throws IOException {
    try (SocketClient client = new SocketClient(port)) {
      client.send(
          "GET /config.json HTTP/1.1\r\nConnection: close\r\nHost: %s\r\nOrigin: %s\r\n"
              .formatted(host, origin));
      client.send(proto == null ? "" : "X-Forwarded-Proto: " + proto + "\r\n");
      client.send(forwardedHost == null ? "" : "X-Forwarded-Host: " + forwardedHost + "\r\n");
      client.send("\r\n");
      return client.readToTheEnd().substring("HTTP/1.1 ".length()).substring(0, 3);
    }
  }
}

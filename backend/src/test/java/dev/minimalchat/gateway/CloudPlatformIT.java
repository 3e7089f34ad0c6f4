package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A platform that Spring Boot recognises, where by default it believes forwarded addresses of
/// every private network, whatever `TRUSTED_PROXIES` is.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.main.cloud-platform=kubernetes",
      "management.server.port=0",
      "minimalchat.access.token=" + RunningGateway.TOKEN,
      "minimalchat.upstream.api-key=key",
      "minimalchat.limits.rate-per-minute=1",
      "minimalchat.limits.trusted-proxies=203.0.113.1"
    })
class CloudPlatformIT {
  @LocalServerPort int port;

  @Test
  void believesNoForwardedAddressOfAnUntrustedClient() throws IOException {
    assertThat(statusOfRequestFrom("198.51.100.1")).isEqualTo("400");
    assertThat(statusOfRequestFrom("198.51.100.2")).isEqualTo("429");
  }

  private String statusOfRequestFrom(String forwardedFor) throws IOException {
    try (SocketClient client = new SocketClient(port)) {
      client.send(
          SocketClient.head(2).replace("Host:", "X-Forwarded-For: " + forwardedFor + "\r\nHost:")
              + "{}");
      return client.readUntil("\r\n\r\n").substring("HTTP/1.1 ".length()).substring(0, 3);
    }
  }
}

package dev.minimalchat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The address to which questions are sent.
class ProviderTest {
  @ParameterizedTest
  @CsvSource({
    "https://p.example/v1, https://p.example/v1/responses",
    "https://p.example/v1/, https://p.example/v1/responses",
    "https://p.example, https://p.example/responses",
    "https://p.example//v1//, https://p.example//v1/responses",
    "https://p.example:8443/a%20b, https://p.example:8443/a%20b/responses",
    "https://p.example/v1?api-version=x, https://p.example/v1/responses?api-version=x",
    "https://p.example/v1/?a=%2F&b=/, https://p.example/v1/responses?a=%2F&b=/"
  })
  void appendsTheEndpointToThePathAndKeepsTheQuery(URI base, URI responses) {
    assertThat(new Provider("custom", base, "key", "model").responsesUri()).isEqualTo(responses);
  }
}

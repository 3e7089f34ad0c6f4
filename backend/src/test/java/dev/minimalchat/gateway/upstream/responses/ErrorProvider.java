package dev.minimalchat.gateway.upstream.responses;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.minimalchat.gateway.errors.Failure;
import java.net.URI;
import java.util.Optional;

/// A provider that returns HTTP errors, with a client connected to it.
final class ErrorProvider implements AutoCloseable {
  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
  private final OpenAiClient client;

  ErrorProvider() {
    server.start();
    client = new OpenAiClient(URI.create(server.baseUrl() + "/v1"));
  }

  /// The failure that a response results in. Its user message is always the error code's.
  Failure failureFor(ResponseDefinitionBuilder response) {
    server.resetAll();
    server.stubFor(post("/v1/responses").willReturn(response));

    Failure failure = Optional.ofNullable(client.collect().failure()).orElseThrow();

    assertThat(failure.userMessage()).isEqualTo(failure.code().message());
    return failure;
  }

  @Override
  public void close() {
    client.close();
    server.stop();
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.minimalchat.gateway.errors.Failure;
import java.net.URI;
import java.util.Optional;

/// A provider that answers no question, and the client that asks it.
final class ErrorProvider implements AutoCloseable {
  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
  private final OpenAiClient client;

  ErrorProvider() {
    server.start();
    client = new OpenAiClient(URI.create(server.baseUrl() + "/v1"));
  }

  /// What a refusal comes to. Whatever it says, the user reads the sentence of the contract.
  Failure failureOn(ResponseDefinitionBuilder refusal) {
    server.resetAll();
    server.stubFor(post("/v1/responses").willReturn(refusal));

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

package dev.minimalchat.gateway.upstream.openai;

import dev.minimalchat.gateway.upstream.FakeScheduler;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Prompt;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.ProviderSettings;
import dev.minimalchat.gateway.upstream.Reading;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/// The provider's client as the application wires it, without the application. Its clock stands.
final class OpenAiClient implements AutoCloseable {
  final FakeScheduler scheduler = new FakeScheduler();
  private final CloseableHttpClient http;
  private final Upstream upstream;

  OpenAiClient(URI base) {
    this(ProviderSettings.plain(base));
  }

  OpenAiClient(UpstreamProperties properties) {
    ResponsesConfiguration configuration = new ResponsesConfiguration();
    Provider provider =
        new Provider("custom", properties.base(), properties.apiKey(), properties.modelId());
    http = configuration.providerClient(properties);
    upstream = configuration.responsesUpstream(http, provider, properties, scheduler);
  }

  static Prompt aQuestion() {
    return new Prompt("request-1", List.of(new Message(Role.USER, "Hello?")));
  }

  UpstreamStream ask(Prompt prompt) {
    return upstream.ask(prompt);
  }

  Reading ask() {
    return new Reading(upstream.ask(aQuestion()));
  }

  @Override
  public void close() {
    try {
      http.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

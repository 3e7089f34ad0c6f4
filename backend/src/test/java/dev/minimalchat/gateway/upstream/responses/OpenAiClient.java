package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.memory.MemoryBudget;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.ProviderFeatures;
import dev.minimalchat.gateway.upstream.ProviderSettings;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import dev.minimalchat.gateway.upstream.resilience.StreamCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/// The upstream as [ResponsesConfiguration] creates it, with a fake scheduler.
final class OpenAiClient implements AutoCloseable {
  final FakeScheduler scheduler = new FakeScheduler();
  final MemoryBudget memory = SseReaders.memory(64 << 20);
  private final CloseableHttpClient http;
  private final Upstream upstream;

  OpenAiClient(URI base) {
    this(ProviderSettings.defaults(base));
  }

  OpenAiClient(UpstreamProperties properties) {
    this(properties, new ProxyProperties(null, null, List.of()));
  }

  OpenAiClient(UpstreamProperties properties, ProxyProperties proxies) {
    this(properties, proxies, ProviderFeatures.NONE);
  }

  OpenAiClient(UpstreamProperties properties, ProviderFeatures features) {
    this(properties, new ProxyProperties(null, null, List.of()), features);
  }

  private OpenAiClient(
      UpstreamProperties properties, ProxyProperties proxies, ProviderFeatures features) {
    ResponsesConfiguration configuration = new ResponsesConfiguration();
    Provider provider =
        new Provider(
            "custom", properties.base(), properties.apiKey(), properties.modelId(), features);
    http = configuration.providerClient(properties, proxies);
    upstream =
        new ResponsesUpstream(
            http,
            provider,
            properties,
            memory,
            scheduler,
            // Apart from the timers' clock, so that a test tells the two from each other.
            Clock.offset(scheduler.getClock(), Duration.ofHours(1)));
  }

  static UpstreamRequest aRequest() {
    return new UpstreamRequest("request-1", List.of(new Message(Role.USER, JsonText.of("Hello?"))));
  }

  UpstreamStream stream(UpstreamRequest request) {
    return upstream.stream(request);
  }

  StreamCollector collect() {
    return new StreamCollector(upstream.stream(aRequest()));
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

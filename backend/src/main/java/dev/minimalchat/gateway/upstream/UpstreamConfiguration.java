package dev.minimalchat.gateway.upstream;

import dev.minimalchat.demo.DemoProvider;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/// The configured provider, or the built-in one if the key is `demo`: a provider like any other to
/// the rest of the gateway. Decided at start, not at build time, so that the image has both.
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {
  private static final URI OPENAI = URI.create("https://api.openai.com/v1");

  /// Two, so that the page has a choice.
  private static final List<Model> DEMO =
      List.of(new Model("demo", "Demo"), new Model("demo-brief", "Demo, brief"));

  @Bean
  Models models(UpstreamProperties properties, ModelsProperties models) {
    List<Model> listed = models.models();
    if (!listed.isEmpty()) {
      return new Models(listed);
    }
    return new Models(properties.isDemo() ? DEMO : List.of(new Model(properties.modelId(), null)));
  }

  /// The demo shows what a provider can have; the operator's own settings come first.
  @Bean
  ProviderFeatures providerFeatures(
      UpstreamProperties properties, ReasoningProperties reasoning, HostedToolsProperties tools) {
    boolean isDemo = properties.isDemo();
    return new ProviderFeatures(
        properties.reasoningEffort(),
        reasoning.summaryOr(isDemo ? "auto" : null),
        reasoning.showsText(),
        tools.webSearchOr(isDemo ? "web_search" : null),
        tools.vectorStores());
  }

  @Bean
  Provider provider(
      UpstreamProperties properties,
      Models models,
      ProviderFeatures features,
      ObjectProvider<DemoProvider> demoProvider) {
    String model = models.byDefault().id();
    if (properties.isDemo()) {
      DemoProvider demo = demoProvider.getObject();
      return new Provider("demo", demo.baseUrl(), demo.key(), model, features);
    }
    URI base = properties.base();
    String name = OPENAI.equals(base) ? "openai" : "custom";
    return new Provider(name, base, properties.apiKey(), model, features);
  }

  @Bean
  FallbackProvider fallbackProvider(Provider provider, FallbackProperties fallback) {
    if (!fallback.isSet()) {
      return new FallbackProvider(null);
    }
    URI base = Objects.requireNonNullElse(fallback.base(), provider.base());
    String key = fallback.apiKey().isEmpty() ? provider.apiKey() : fallback.apiKey();
    // Another server may not know the tools and the effort of this one (docs/decisions/0014).
    ProviderFeatures features =
        base.equals(provider.base()) ? provider.features() : ProviderFeatures.NONE;
    return new FallbackProvider(new Provider("fallback", base, key, fallback.modelId(), features));
  }

  @Bean
  Capability images(AttachmentProperties attachments) {
    return new Capability("images", attachments.images());
  }

  @Bean
  Capability files(AttachmentProperties attachments) {
    return new Capability("files", attachments.hasFiles());
  }

  @Bean
  Capability webSearch(ProviderFeatures features) {
    return new Capability("web_search", features.has(HostedTool.WEB_SEARCH));
  }

  @Bean
  Capability fileSearch(ProviderFeatures features) {
    return new Capability("file_search", features.has(HostedTool.FILE_SEARCH));
  }

  @Bean
  Capability reasoning(ProviderFeatures features) {
    return new Capability("reasoning", features.showsReasoning());
  }

  @Bean
  Capability restart(FallbackProperties fallback) {
    return new Capability("restart", fallback.isSet());
  }

  @Bean
  @Lazy
  DemoProvider demoProvider() throws IOException {
    return DemoProvider.start();
  }
}

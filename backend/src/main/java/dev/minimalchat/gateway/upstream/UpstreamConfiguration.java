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

  private static final Model DEMO = new Model("demo", null);

  @Bean
  Models models(UpstreamProperties properties, ModelsProperties models) {
    List<Model> listed = models.models();
    if (!listed.isEmpty()) {
      return new Models(listed);
    }
    return new Models(List.of(properties.isDemo() ? DEMO : new Model(properties.modelId(), null)));
  }

  @Bean
  Provider provider(
      UpstreamProperties properties, Models models, ObjectProvider<DemoProvider> demoProvider) {
    String model = models.byDefault().id();
    if (properties.isDemo()) {
      DemoProvider demo = demoProvider.getObject();
      return new Provider("demo", demo.baseUrl(), demo.key(), model);
    }
    URI base = properties.base();
    String name = OPENAI.equals(base) ? "openai" : "custom";
    return new Provider(name, base, properties.apiKey(), model);
  }

  @Bean
  FallbackProvider fallbackProvider(Provider provider, FallbackProperties fallback) {
    if (!fallback.isSet()) {
      return new FallbackProvider(null);
    }
    URI base = Objects.requireNonNullElse(fallback.base(), provider.base());
    String key = fallback.apiKey().isEmpty() ? provider.apiKey() : fallback.apiKey();
    return new FallbackProvider(new Provider("fallback", base, key, fallback.modelId()));
  }

  @Bean
  Capability images(VisionProperties vision) {
    return new Capability("images", vision.enabled());
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

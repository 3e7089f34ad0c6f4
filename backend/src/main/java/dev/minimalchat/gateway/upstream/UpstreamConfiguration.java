package dev.minimalchat.gateway.upstream;

import dev.minimalchat.demo.DemoProvider;
import java.io.IOException;
import java.net.URI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/// The configured provider, or the built-in one if the key is `demo`: a provider like any other to
/// the rest of the gateway. Decided at start, not at build time, so that the image has both.
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {
  private static final URI OPENAI = URI.create("https://api.openai.com/v1");

  @Bean
  Provider provider(UpstreamProperties properties, ObjectProvider<DemoProvider> demoProvider) {
    if (properties.isDemo()) {
      DemoProvider demo = demoProvider.getObject();
      return new Provider("demo", demo.baseUrl(), demo.key(), "demo");
    }
    URI base = properties.base();
    String name = OPENAI.equals(base) ? "openai" : "custom";
    return new Provider(name, base, properties.apiKey(), properties.modelId());
  }

  @Bean
  @Lazy
  DemoProvider demoProvider() throws IOException {
    return DemoProvider.start();
  }
}

package dev.minimalchat.gateway.upstream;

import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/// The configured provider. In the demo profile the demo provider takes its place.
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {
  private static final URI OPENAI = URI.create("https://api.openai.com/v1");

  @Bean
  @Profile("!demo")
  Provider provider(UpstreamProperties properties) {
    URI base = properties.base();
    String name = OPENAI.equals(base) ? "openai" : "custom";
    return new Provider(name, base, properties.apiKey(), properties.modelId());
  }
}

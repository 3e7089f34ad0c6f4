package dev.minimalchat.gateway.upstream;

import dev.minimalchat.demo.DemoProvider;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/// Replaces the configured provider with the built-in one, which is a provider like any other to
/// the rest of the gateway: an address, a key and a model.
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoProviderConfiguration {

  @Bean
  DemoProvider demoProvider() throws IOException {
    return DemoProvider.start();
  }

  @Bean
  Provider provider(DemoProvider demo) {
    return new Provider("demo", demo.baseUrl(), demo.key(), "demo");
  }
}

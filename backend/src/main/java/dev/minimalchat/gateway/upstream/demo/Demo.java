package dev.minimalchat.gateway.upstream.demo;

import dev.minimalchat.gateway.upstream.Provider;
import java.io.IOException;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/// Puts the built-in provider in the place of a real one. The rest of the application cannot tell:
/// it gets an address, a key and a model, as always.
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class Demo {

  @Bean
  Endpoint demoEndpoint() throws IOException {
    return new Endpoint(Clock.systemUTC(), Thread::sleep);
  }

  @Bean
  Provider demoProvider(Endpoint endpoint) {
    return new Provider("demo", endpoint.base(), endpoint.key(), "demo");
  }
}

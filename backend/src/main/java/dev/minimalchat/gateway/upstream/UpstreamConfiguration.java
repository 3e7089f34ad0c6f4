package dev.minimalchat.gateway.upstream;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/// The configured provider. In the demo profile the demo provider takes its place.
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

  @Bean
  @Profile("!demo")
  Provider provider(UpstreamProperties properties) {
    return properties.provider();
  }
}

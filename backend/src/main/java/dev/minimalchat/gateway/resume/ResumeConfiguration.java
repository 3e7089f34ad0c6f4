package dev.minimalchat.gateway.resume;

import dev.minimalchat.gateway.upstream.Capability;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Announces that answers can be resumed.
@Configuration(proxyBeanMethods = false)
class ResumeConfiguration {

  @Bean
  Capability resume(ResumeProperties settings) {
    return new Capability("resume", settings.isEnabled());
  }
}

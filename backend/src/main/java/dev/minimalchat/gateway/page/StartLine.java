package dev.minimalchat.gateway.page;

import dev.minimalchat.gateway.upstream.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Tells whoever started the gateway by hand where to look.
@Component
@Profile("local | demo")
class StartLine {
  private static final Logger log = LoggerFactory.getLogger(StartLine.class);

  private final Environment environment;
  private final Provider provider;

  StartLine(Environment environment, Provider provider) {
    this.environment = environment;
    this.provider = provider;
  }

  @EventListener(ApplicationReadyEvent.class)
  void print() {
    log.info(
        "Minimal Chatbot is at http://localhost:{} ({})",
        environment.getProperty("local.server.port"),
        provider.name().equals("demo")
            ? "demo: set OPENAI_API_KEY to talk to a model"
            : provider.model() + " at " + provider.base());
  }
}

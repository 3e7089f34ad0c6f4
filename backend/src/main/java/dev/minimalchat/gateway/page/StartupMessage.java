package dev.minimalchat.gateway.page;

import dev.minimalchat.gateway.upstream.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Logs the page's address when the gateway runs on a developer's machine.
@Component
@Profile("local | demo")
record StartupMessage(Environment environment, Provider provider) {
  private static final Logger log = LoggerFactory.getLogger(StartupMessage.class);

  @EventListener(ApplicationReadyEvent.class)
  void print() {
    log.info(
        "Minimal Chatbot is at http://localhost:{} ({})",
        environment.getProperty("local.server.port"),
        provider.isDemo()
            ? "demo: set OPENAI_API_KEY to talk to a model"
            : provider.model() + " at " + provider.base());
  }
}

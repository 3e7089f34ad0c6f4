package dev.minimalchat.gateway.page;

import dev.minimalchat.gateway.upstream.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/// Logs the page's address when the gateway runs on a developer's machine, and elsewhere a warning
/// if the demo provider answers.
@Component
record StartupMessage(Environment environment, Provider provider) {
  private static final Logger log = LoggerFactory.getLogger(StartupMessage.class);

  @EventListener(ApplicationReadyEvent.class)
  void print() {
    if (environment.acceptsProfiles(Profiles.of("local"))) {
      log.info(
          "Minimal Chatbot is at http://localhost:{} ({})",
          environment.getProperty("local.server.port"),
          provider.isDemo()
              ? "demo: set OPENAI_API_KEY to talk to a model"
              : provider.model() + " at " + provider.base().getAuthority());
    } else if (provider.isDemo()) {
      log.warn("OPENAI_API_KEY is demo: the built-in provider answers, not a model");
    }
  }
}

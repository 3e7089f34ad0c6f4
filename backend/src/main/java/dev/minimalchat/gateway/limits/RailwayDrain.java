package dev.minimalchat.gateway.limits;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Warns at start if Railway would end the gateway before its running answers have ended. Railway
/// waits 0 s unless the service has a variable for it, and cuts answers off at each deploy.
@Component
record RailwayDrain(LimitsProperties limits, Railway railway) {
  /// The time for the last events and bytes after the drain.
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(RailwayDrain.class);

  @EventListener(ApplicationReadyEvent.class)
  void check() {
    long required = limits.drain().plus(MARGIN).toSeconds();
    if (railway.environmentName() != null && railway.drainingSeconds() < required) {
      log.warn(
          "RAILWAY_DEPLOYMENT_DRAINING_SECONDS is less than {}: a deploy cuts running answers off",
          required);
    }
  }

  /// @param environmentName set by Railway; null on any other host
  /// @param drainingSeconds how long Railway waits after SIGTERM
  @ConfigurationProperties("minimalchat.railway")
  record Railway(@Nullable String environmentName, @DefaultValue("0") int drainingSeconds) {
    Railway {
      environmentName =
          environmentName == null || environmentName.isBlank() ? null : environmentName;
    }
  }
}

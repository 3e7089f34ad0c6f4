package dev.minimalchat.gateway.limits;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;

/// How long each phase of a stop may take: first the answers that are running, then the server.
@Configuration(proxyBeanMethods = false)
class Shutdown {
  /// More than [Streams] needs, which ends by itself.
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /// What is left to the server when the answers have ended is their last bytes. It would wait for
  /// more: Tomcat goes on counting a request whose browser reset the connection as its answer
  /// began.
  private static final Duration LAST_BYTES = Duration.ofSeconds(2);

  @Bean
  DefaultLifecycleProcessor lifecycleProcessor(LimitsProperties limits) {
    var processor = new DefaultLifecycleProcessor();
    processor.setTimeoutPerShutdownPhase(limits.drain().plus(MARGIN).toMillis());
    processor.setTimeoutsForShutdownPhases(
        Map.of(WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE, LAST_BYTES.toMillis()));
    return processor;
  }
}

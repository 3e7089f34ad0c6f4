package dev.minimalchat.gateway.limits;

import java.time.Duration;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;

/// The timeouts of the shutdown phases: first the running answers, then the web server.
@Configuration(proxyBeanMethods = false)
class ShutdownConfiguration {
  /// [StreamLimiter] ends its phase itself; this is only an upper bound.
  private static final Duration PHASE_MARGIN = Duration.ofSeconds(5);

  /// After the answers only their last bytes remain to be sent. Without a limit the server would
  /// wait longer: Tomcat keeps counting a request whose client reset the connection at its first
  /// event.
  private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(2);

  @Bean
  DefaultLifecycleProcessor lifecycleProcessor(LimitsProperties limits) {
    var processor = new DefaultLifecycleProcessor();
    processor.setTimeoutPerShutdownPhase(limits.drain().plus(PHASE_MARGIN).toMillis());
    processor.setTimeoutForShutdownPhase(
        WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE, SERVER_TIMEOUT.toMillis());
    return processor;
  }
}

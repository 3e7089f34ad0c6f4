package dev.minimalchat.gateway;

import dev.minimalchat.gateway.StartupCheck.InvalidSettingsException;
import dev.minimalchat.gateway.usage.StateDirectoryException;
import dev.minimalchat.gateway.usage.TelemetryException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/// Prints the problems of the settings without a stack trace. Registered in
/// `META-INF/spring.factories`.
final class StartupCheckReporter implements SpringBootExceptionReporter {

  /// The constructor that Spring Boot calls.
  StartupCheckReporter(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
    boolean known =
        root instanceof InvalidSettingsException
            || root instanceof StateDirectoryException
            || root instanceof TelemetryException;
    if (known) {
      System.err.println(root.getMessage());
    }
    return known;
  }
}

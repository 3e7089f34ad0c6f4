package dev.minimalchat.gateway;

import dev.minimalchat.gateway.StartupCheck.InvalidSettingsException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/// Prints the problems of the settings without a stack trace. Registered in
/// `META-INF/spring.factories`.
final class StartupCheckReporter implements SpringBootExceptionReporter {

  /// The constructor that Spring Boot calls.
  StartupCheckReporter(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    if (failure instanceof InvalidSettingsException invalid) {
      System.err.println(invalid.getMessage());
      return true;
    }
    return false;
  }
}

package dev.minimalchat.gateway;

import dev.minimalchat.gateway.Settings.InvalidSettingsException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/// Prints what is wrong with the settings, a line each, and nothing else. Spring Boot finds it
/// through `META-INF/spring.factories`.
final class SettingsReporter implements SpringBootExceptionReporter {

  /// The signature Spring Boot asks for.
  SettingsReporter(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    if (failure instanceof InvalidSettingsException invalid) {
      System.err.println(invalid.getMessage());
      return true;
    }
    return false;
  }
}

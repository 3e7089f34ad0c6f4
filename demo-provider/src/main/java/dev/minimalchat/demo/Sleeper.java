package dev.minimalchat.demo;

import java.time.Duration;

/// Waits between two words. Tests and image training replace it to run without delay.
@FunctionalInterface
public interface Sleeper {

  /// Blocks for the duration.
  ///
  /// @throws InterruptedException if the provider closes meanwhile
  void sleep(Duration duration) throws InterruptedException;
}

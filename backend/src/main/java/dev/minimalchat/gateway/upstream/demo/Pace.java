package dev.minimalchat.gateway.upstream.demo;

import java.time.Duration;

/// Lets the time between two words pass, or a test have it pass at once.
interface Pace {

  /// Returns when that time has passed.
  ///
  /// @throws InterruptedException if the endpoint closes meanwhile
  void rest(Duration duration) throws InterruptedException;
}

package dev.minimalchat.gateway;

import java.time.Duration;

/// The upper bound of every wait in a test. Only a failing test waits that long, so it suits the
/// slowest machine.
public final class TestTimeouts {
  public static final long SECONDS = 30;
  public static final Duration LIMIT = Duration.ofSeconds(SECONDS);

  private TestTimeouts() {}
}

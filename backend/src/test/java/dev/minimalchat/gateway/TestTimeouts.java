package dev.minimalchat.gateway;

import java.time.Duration;

/// How long a test waits for what must come. Only a test that fails waits that long, so it is
/// enough for the slowest machine.
public final class TestTimeouts {
  public static final long SECONDS = 30;
  public static final Duration LIMIT = Duration.ofSeconds(SECONDS);

  private TestTimeouts() {}
}

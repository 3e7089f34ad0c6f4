package dev.minimalchat.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/// A gateway that logs all that it can, for tests of what is never logged.
abstract class TracedGateway extends RunningGateway {

  @BeforeEach
  void enableOurLogs() {
    ours().setLevel(Level.TRACE);
  }

  @AfterEach
  void restoreOurLogs() {
    ours().setLevel(null);
  }

  private static Logger ours() {
    return (Logger) LoggerFactory.getLogger("dev.minimalchat.gateway");
  }
}

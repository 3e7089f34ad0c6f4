package dev.minimalchat.gateway.errors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process when its memory is exhausted, as the JVM option `ExitOnOutOfMemoryError` does
/// where it is set. Otherwise the process would stay with some of its threads dead, and no host
/// would start a new one.
public final class OutOfMemoryExit {
  private static final Logger log = LoggerFactory.getLogger(OutOfMemoryExit.class);

  /// The same as the JVM option's.
  private static final int EXIT_CODE = 3;

  private static volatile boolean enabled;

  private OutOfMemoryExit() {}

  /// For the whole process, so `main` calls it and no test does.
  public static void enable() {
    enabled = true;
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
      check(error);
      log.error("a thread ended cause=\"{}\"", error.getClass().getName());
    });
  }

  /// Called wherever an error of any kind is caught.
  public static void check(Throwable error) {
    for (Throwable cause = error; enabled && cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        // Needs no memory, unlike a log line.
        System.err.println("OutOfMemoryError: the process ends, so that its host starts a new one");
        Runtime.getRuntime().halt(EXIT_CODE);
      }
    }
  }
}

package dev.minimalchat.gateway.usage;

import java.util.Locale;

/// How an answer ended.
public enum Outcome {
  COMPLETED,
  INCOMPLETE,
  FAILED,
  /// The browser left before the end.
  CLIENT_CLOSED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

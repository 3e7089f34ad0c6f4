package dev.minimalchat.gateway.usage;

import java.util.Locale;

/// The end of an answer.
public enum Outcome {
  COMPLETED,
  INCOMPLETE,
  FAILED,
  /// The client disconnected before the end.
  CLIENT_CLOSED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

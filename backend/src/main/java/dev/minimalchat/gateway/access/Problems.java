package dev.minimalchat.gateway.access;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with a settings record, so that all of it is reported at once.
final class Problems {
  private final List<String> lines = new ArrayList<>();

  void addIf(boolean isWrong, String line) {
    if (isWrong) {
      lines.add(line);
    }
  }

  void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", lines));
    }
  }
}

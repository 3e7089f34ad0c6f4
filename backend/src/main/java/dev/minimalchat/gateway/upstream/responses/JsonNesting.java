package dev.minimalchat.gateway.upstream.responses;

/// Whether a JSON object or array that arrives in pieces has ended. It only counts brackets and
/// does not check the JSON.
final class JsonNesting {
  private int depth;
  private boolean isString;
  private boolean isEscaped;
  private boolean hasEnded;

  void append(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isString) {
        inString(c);
      } else {
        outside(c);
      }
    }
  }

  boolean hasEnded() {
    return hasEnded;
  }

  private void inString(char c) {
    isString = isEscaped || c != '"';
    isEscaped = !isEscaped && c == '\\';
  }

  private void outside(char c) {
    switch (c) {
      case '"' -> isString = true;
      case '{', '[' -> depth++;
      case '}', ']' -> hasEnded |= --depth == 0;
      default -> {}
    }
  }
}

package dev.minimalchat.gateway.api;

import dev.minimalchat.gateway.errors.Failure;
import org.jspecify.annotations.Nullable;

/// Checks numbers of a request; null is no number and valid.
final class Numbers {
  private Numbers() {}

  static @Nullable Integer positive(@Nullable Integer number, String param) {
    if (number != null && number < 1) {
      throw Failure.invalidParameter(param, "is not 1 or more");
    }
    return number;
  }

  static @Nullable Double notNegative(@Nullable Double number, String param) {
    if (number != null && !(number >= 0 && number < Double.POSITIVE_INFINITY)) {
      throw Failure.invalidParameter(param, "is not 0 or more");
    }
    return number;
  }
}

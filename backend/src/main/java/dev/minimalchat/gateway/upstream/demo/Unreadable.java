package dev.minimalchat.gateway.upstream.demo;

import org.jspecify.annotations.Nullable;

/// A request that cannot be understood. The message is meant for the caller.
final class Unreadable extends Exception {
  private final @Nullable String param;

  /// @param param the field at fault, where it is one field
  Unreadable(@Nullable String param, String message) {
    super(message);
    this.param = param;
  }

  Answer.Declined answer() {
    String message = String.valueOf(getMessage());
    return new Answer.Declined(400, "invalid_request_error", null, param, message, null);
  }
}

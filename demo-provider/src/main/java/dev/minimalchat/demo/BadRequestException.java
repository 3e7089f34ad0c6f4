package dev.minimalchat.demo;

import org.jspecify.annotations.Nullable;

/// A request that the API answers with 400. The message is sent to the caller.
final class BadRequestException extends Exception {
  private final @Nullable String param;

  /// @param param the invalid field, if it is a single field
  BadRequestException(@Nullable String param, String message) {
    super(message);
    this.param = param;
  }

  Answer.ErrorResponse toResponse() {
    String message = String.valueOf(getMessage());
    return new Answer.ErrorResponse(400, "invalid_request_error", null, param, message, null);
  }
}

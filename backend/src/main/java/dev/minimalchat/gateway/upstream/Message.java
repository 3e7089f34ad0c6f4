package dev.minimalchat.gateway.upstream;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/// One message of a conversation. Its content is never logged.
public record Message(
    @NotNull(message = "is missing") Role role, @NotBlank(message = "is blank") String content) {

  @Override
  public String toString() {
    return "Message[" + role + "]";
  }
}

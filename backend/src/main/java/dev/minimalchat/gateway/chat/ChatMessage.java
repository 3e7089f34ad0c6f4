package dev.minimalchat.gateway.chat;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/// One message of `POST /v1/chat`. Its content is never logged.
record ChatMessage(
    @NotNull(message = "is missing") Role role,
    @NotBlank(message = "is blank") ChatContent content) {

  /// The message for the provider.
  ///
  /// @param param its path in the request, for an error
  /// @throws Failure if its parts are not allowed
  InputItem toItem(String param) {
    if (content.text() != null) {
      return new Message(role, content.text());
    }
    if (role != Role.USER) {
      throw Failure.invalidRequest(param + ".content has parts, which only the user's can have");
    }
    return new InputItem.MultipartMessage(role, content.toParts(param + ".content"));
  }

  @Override
  public String toString() {
    return "ChatMessage[" + role + "]";
  }
}

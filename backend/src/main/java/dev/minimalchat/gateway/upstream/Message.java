package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.json.JsonText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/// One message of a conversation. Its content is never logged.
public record Message(
    @NotNull(message = "is missing") Role role, @NotBlank(message = "is blank") JsonText content)
    implements InputItem {

  @Override
  public long characters() {
    return content.length();
  }

  @Override
  public String toString() {
    return "Message[" + role + "]";
  }
}

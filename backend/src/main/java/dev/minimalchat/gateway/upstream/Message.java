package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.json.JsonText;
import org.jspecify.annotations.Nullable;

/// One message of a conversation. Its content is never logged.
///
/// @param phase of the model's message, as the provider has sent it; null for none
public record Message(Role role, JsonText content, @Nullable String phase) implements InputItem {
  public Message(Role role, JsonText content) {
    this(role, content, null);
  }

  @Override
  public long characters() {
    return content.length();
  }

  @Override
  public String toString() {
    return "Message[" + role + "]";
  }
}

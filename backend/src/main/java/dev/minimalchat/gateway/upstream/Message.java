package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.json.JsonText;

/// One message of a conversation. Its content is never logged.
public record Message(Role role, JsonText content) implements InputItem {

  @Override
  public long characters() {
    return content.length();
  }

  @Override
  public String toString() {
    return "Message[" + role + "]";
  }
}

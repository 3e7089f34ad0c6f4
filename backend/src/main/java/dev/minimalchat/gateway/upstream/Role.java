package dev.minimalchat.gateway.upstream;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Who says a message; the names are the wire's on both sides.
public enum Role {
  @JsonProperty("system")
  SYSTEM,
  @JsonProperty("user")
  USER,
  @JsonProperty("assistant")
  ASSISTANT
}

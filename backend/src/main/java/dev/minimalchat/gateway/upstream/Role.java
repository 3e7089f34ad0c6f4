package dev.minimalchat.gateway.upstream;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The role of a message, named as on the wire, towards clients and providers alike.
public enum Role {
  @JsonProperty("system")
  SYSTEM,
  @JsonProperty("user")
  USER,
  @JsonProperty("assistant")
  ASSISTANT
}

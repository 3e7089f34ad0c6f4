package dev.minimalchat.gateway.upstream;

import java.util.List;

/// What is asked of the provider: the conversation so far, under the request's id.
public record Prompt(String requestId, List<Message> messages) {
  public Prompt {
    messages = List.copyOf(messages);
  }
}

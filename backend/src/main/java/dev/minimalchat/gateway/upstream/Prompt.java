package dev.minimalchat.gateway.upstream;

import java.util.List;
import java.util.Map;

/// What is asked of the provider: the conversation so far, under the request's id.
///
/// @param trace headers that tie what the provider traces to our trace
public record Prompt(String requestId, Map<String, String> trace, List<Message> messages) {
  public Prompt {
    trace = Map.copyOf(trace);
    messages = List.copyOf(messages);
  }

  public Prompt(String requestId, List<Message> messages) {
    this(requestId, Map.of(), messages);
  }

  /// How much text it is.
  public long characters() {
    return messages.stream().mapToLong(message -> message.content().length()).sum();
  }

  /// The same, as part of a trace.
  public Prompt within(Map<String, String> trace) {
    return new Prompt(requestId, trace, messages);
  }
}

package dev.minimalchat.gateway.upstream;

import java.util.List;
import java.util.Map;

/// A request to the provider: the conversation so far.
///
/// @param caller identifies who asks, whatever it stands for; empty if unknown
/// @param traceHeaders W3C trace context headers that link the provider's trace to ours
public record UpstreamRequest(
    String requestId, String caller, Map<String, String> traceHeaders, List<Message> messages) {
  public UpstreamRequest {
    traceHeaders = Map.copyOf(traceHeaders);
    messages = List.copyOf(messages);
  }

  public UpstreamRequest(String requestId, List<Message> messages) {
    this(requestId, "", Map.of(), messages);
  }

  /// The length of all messages, in UTF-16 code units.
  public long characters() {
    return messages.stream().mapToLong(message -> message.content().length()).sum();
  }

  public UpstreamRequest withCaller(String caller) {
    return new UpstreamRequest(requestId, caller, traceHeaders, messages);
  }

  public UpstreamRequest withTraceHeaders(Map<String, String> traceHeaders) {
    return new UpstreamRequest(requestId, caller, traceHeaders, messages);
  }
}

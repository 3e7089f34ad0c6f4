package dev.minimalchat.gateway.upstream;

import java.util.List;
import java.util.Map;

/// A request to the provider: the conversation so far.
///
/// @param caller identifies who asks, whatever it stands for; empty if unknown
/// @param restart whether the answer may begin again after its first content
/// @param traceHeaders W3C trace context headers that link the provider's trace to ours
public record UpstreamRequest(
    String requestId,
    String caller,
    boolean restart,
    Map<String, String> traceHeaders,
    List<InputItem> input,
    AnswerOptions options) {
  public UpstreamRequest {
    traceHeaders = Map.copyOf(traceHeaders);
    input = List.copyOf(input);
  }

  public UpstreamRequest(String requestId, List<? extends InputItem> input) {
    this(requestId, input, AnswerOptions.NONE);
  }

  public UpstreamRequest(String requestId, List<? extends InputItem> input, AnswerOptions options) {
    this(requestId, "", false, Map.of(), List.copyOf(input), options);
  }

  /// The length of everything that the model reads, in UTF-16 code units.
  public long characters() {
    return options.characters() + input.stream().mapToLong(InputItem::characters).sum();
  }

  public UpstreamRequest withCaller(String caller) {
    return new UpstreamRequest(requestId, caller, restart, traceHeaders, input, options);
  }

  public UpstreamRequest withRestart(boolean restart) {
    return new UpstreamRequest(requestId, caller, restart, traceHeaders, input, options);
  }

  public UpstreamRequest withTraceHeaders(Map<String, String> traceHeaders) {
    return new UpstreamRequest(requestId, caller, restart, traceHeaders, input, options);
  }

  /// The same request to another provider: for its model, and without what only the first one can
  /// read.
  public UpstreamRequest forFallback() {
    List<InputItem> readable =
        input.stream()
            .filter(item -> !(item instanceof InputItem.EncryptedReasoning))
            .map(UpstreamRequest::withoutPhase)
            .toList();
    return new UpstreamRequest(
        requestId, caller, restart, traceHeaders, readable, options.withModel(null));
  }

  private static InputItem withoutPhase(InputItem item) {
    return item instanceof Message message ? new Message(message.role(), message.content()) : item;
  }
}

package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.minimalchat.gateway.api.OutputItem.FunctionCallItem;
import dev.minimalchat.gateway.api.OutputItem.MessageItem;
import dev.minimalchat.gateway.relay.EventStream.JsonFields;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The objects of chat completions: a whole completion, and the chunks of a stream.
///
/// @param created seconds since the epoch
record ChatCompletion(String id, long created, String model) {

  /// @param fallbackModel the model that answers; null for the same as before
  ChatCompletion withModel(@Nullable String fallbackModel) {
    return fallbackModel == null ? this : new ChatCompletion(id, created, fallbackModel);
  }

  /// Writes a whole completion.
  void write(List<OutputItem> items, AnswerEnd end, Usage usage, JsonGenerator out)
      throws IOException {
    List<FunctionCallItem> calls =
        items.stream()
            .filter(FunctionCallItem.class::isInstance)
            .map(FunctionCallItem.class::cast)
            .toList();
    out.writeStartObject();
    writeHead("chat.completion", out);
    out.writeArrayFieldStart("choices");
    out.writeStartObject();
    out.writeNumberField("index", 0);
    out.writeObjectFieldStart("message");
    writeMessage(items, calls, out);
    out.writeEndObject();
    out.writeNullField("logprobs");
    out.writeStringField("finish_reason", finishReason(end, !calls.isEmpty()));
    out.writeEndObject();
    out.writeEndArray();
    writeUsage(usage, out);
    out.writeEndObject();
  }

  /// Writes the fields of a chunk with one choice.
  void writeChunk(JsonFields delta, String finishReason, JsonGenerator out) throws IOException {
    writeHead("chat.completion.chunk", out);
    out.writeArrayFieldStart("choices");
    out.writeStartObject();
    out.writeNumberField("index", 0);
    out.writeObjectFieldStart("delta");
    delta.write(out);
    out.writeEndObject();
    out.writeNullField("logprobs");
    out.writeStringField("finish_reason", finishReason.isEmpty() ? null : finishReason);
    out.writeEndObject();
    out.writeEndArray();
  }

  /// Writes the fields of the chunk with the usage, which has no choice.
  void writeUsageChunk(Usage usage, JsonGenerator out) throws IOException {
    writeHead("chat.completion.chunk", out);
    OutputItem.writeEmptyArray("choices", out);
    writeUsage(usage, out);
  }

  /// An answer that was cut for an unknown reason must not look whole.
  static String finishReason(AnswerEnd end, boolean hasCalls) {
    return switch (end.reason()) {
      case null -> hasCalls ? "tool_calls" : "stop";
      case "content_filter" -> "content_filter";
      default -> "length";
    };
  }

  private void writeHead(String object, JsonGenerator out) throws IOException {
    out.writeStringField("id", id);
    out.writeStringField("object", object);
    out.writeNumberField("created", created);
    out.writeStringField("model", model);
  }

  private static void writeMessage(
      List<OutputItem> items, List<FunctionCallItem> calls, JsonGenerator out) throws IOException {
    String text = text(items, false);
    String refusal = text(items, true);
    out.writeStringField("role", "assistant");
    out.writeStringField("content", text.isEmpty() && !calls.isEmpty() ? null : text);
    out.writeStringField("refusal", refusal.isEmpty() ? null : refusal);
    OutputItem.writeEmptyArray("annotations", out);
    if (!calls.isEmpty()) {
      out.writeArrayFieldStart("tool_calls");
      for (FunctionCallItem call : calls) {
        out.writeStartObject();
        writeCall(call.callId, call.name, call.arguments.toString(), out);
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }

  /// Writes the fields of a tool call.
  static void writeCall(String callId, String name, String arguments, JsonGenerator out)
      throws IOException {
    out.writeStringField("id", callId);
    out.writeStringField("type", "function");
    out.writeObjectFieldStart("function");
    out.writeStringField("name", name);
    out.writeStringField("arguments", arguments);
    out.writeEndObject();
  }

  private static String text(List<OutputItem> items, boolean isRefusal) {
    return items.stream()
        .filter(MessageItem.class::isInstance)
        .map(item -> ((MessageItem) item).text(isRefusal))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(UpstreamEvent.MessageStart.SEPARATOR));
  }

  private static void writeUsage(Usage usage, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("usage");
    out.writeNumberField("prompt_tokens", usage.inputTokens());
    out.writeNumberField("completion_tokens", usage.outputTokens());
    out.writeNumberField("total_tokens", usage.totalTokens());
    out.writeObjectFieldStart("prompt_tokens_details");
    out.writeNumberField("cached_tokens", usage.cachedTokens());
    out.writeEndObject();
    out.writeObjectFieldStart("completion_tokens_details");
    out.writeNumberField("reasoning_tokens", usage.reasoningTokens());
    out.writeEndObject();
    out.writeEndObject();
  }
}

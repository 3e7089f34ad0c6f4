package dev.minimalchat.gateway.api;

import dev.minimalchat.gateway.errors.ErrorBody;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.relay.EventStream;
import dev.minimalchat.gateway.relay.EventStream.JsonFields;
import dev.minimalchat.gateway.relay.EventStreamWriter;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import org.jspecify.annotations.Nullable;

/// Writes the chunks of a streamed chat completion. `[DONE]` is the last one, except after a
/// failure: a client that knows no errors in a stream then sees that it was cut.
final class ChatChunkWriter implements EventStreamWriter {
  private static final String IN_PROGRESS = "";

  private final EventStream events;
  private ChatCompletion completion;
  private final boolean includesUsage;
  private @Nullable Usage estimatedUsage;
  private boolean started;
  private boolean hasCalls;
  private boolean ended;

  /// @param includesUsage whether the client has asked for the usage
  ChatChunkWriter(EventStream events, ChatCompletion completion, boolean includesUsage) {
    this.events = events;
    this.completion = completion;
    this.includesUsage = includesUsage;
  }

  @Override
  public void estimatedUsage(Usage usage) {
    estimatedUsage = usage;
  }

  @Override
  public boolean write(UpstreamEvent event) {
    if (event instanceof UpstreamEvent.Attempt(_, String fallbackModel)) {
      completion = completion.withModel(fallbackModel);
    }
    boolean isStart = event instanceof UpstreamEvent.Created;
    if (ended || (!isStart && !event.isContent())) {
      return false;
    }
    start();
    switch (event) {
      case UpstreamEvent.MessageStart(_, boolean isFirst) -> {
        if (!isFirst) {
          content(UpstreamEvent.MessageStart.SEPARATOR);
        }
      }
      case UpstreamEvent.TextDelta(String text) -> content(text);
      case UpstreamEvent.RefusalDelta(String text) ->
          chunk(delta -> delta.writeStringField("refusal", text), IN_PROGRESS);
      case UpstreamEvent.FunctionCall(int index, String callId, String name) -> {
        hasCalls = true;
        toolCall(index, call -> ChatCompletion.writeCall(callId, name, "", call));
      }
      case UpstreamEvent.FunctionCallArguments(int index, String arguments) ->
          toolCall(
              index,
              call -> {
                call.writeObjectFieldStart("function");
                call.writeStringField("arguments", arguments);
                call.writeEndObject();
              });
      case UpstreamEvent.Completed completed -> end(AnswerEnd.of(completed));
      case UpstreamEvent.Incomplete incomplete -> end(AnswerEnd.of(incomplete));
      case UpstreamEvent.Attempt _,
          UpstreamEvent.Created _,
          UpstreamEvent.KeepAlive _,
          UpstreamEvent.InProgress _,
          UpstreamEvent.Unknown _,
          // Only the page asks for these.
          UpstreamEvent.ReasoningSummary _,
          UpstreamEvent.ReasoningText _,
          UpstreamEvent.WebSearch _,
          UpstreamEvent.FileSearch _,
          UpstreamEvent.Annotation _,
          // Only an answer that is not streamed has this.
          UpstreamEvent.Restarted _,
          UpstreamEvent.FunctionCallDone _,
          UpstreamEvent.Reasoning _ -> {}
    }
    return true;
  }

  @Override
  public void fail(Failure failure, RequestId id) {
    if (!ended) {
      ended = true;
      events.add("", out -> out.writePOJOField("error", ErrorBody.openAi(failure, id)));
    }
  }

  @Override
  public EventStream events() {
    return events;
  }

  /// The first chunk has the role, once.
  private void start() {
    if (!started) {
      started = true;
      chunk(
          delta -> {
            delta.writeStringField("role", "assistant");
            delta.writeStringField("content", "");
          },
          IN_PROGRESS);
    }
  }

  private void end(AnswerEnd end) {
    ended = true;
    chunk(_ -> {}, ChatCompletion.finishReason(end, hasCalls));
    Usage usage = end.usage() == null ? estimatedUsage : end.usage();
    if (includesUsage && usage != null) {
      events.add("", out -> completion.writeUsageChunk(usage, out));
    }
    events.addText("[DONE]");
  }

  private void content(String text) {
    chunk(delta -> delta.writeStringField("content", text), IN_PROGRESS);
  }

  private void toolCall(int index, JsonFields fields) {
    chunk(
        delta -> {
          delta.writeArrayFieldStart("tool_calls");
          delta.writeStartObject();
          delta.writeNumberField("index", index);
          fields.write(delta);
          delta.writeEndObject();
          delta.writeEndArray();
        },
        IN_PROGRESS);
  }

  private void chunk(JsonFields delta, String finishReason) {
    events.add("", out -> completion.writeChunk(delta, finishReason, out));
  }
}

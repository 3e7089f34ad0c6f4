package dev.minimalchat.gateway.api;

import dev.minimalchat.gateway.api.OutputItem.FunctionCallItem;
import dev.minimalchat.gateway.api.OutputItem.MessageItem;
import dev.minimalchat.gateway.api.OutputItem.ReasoningItem;
import dev.minimalchat.gateway.api.OutputItem.TextPart;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.relay.EventStream.JsonFields;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Collects the output of one answer as items of the Responses API, and reports the event of each
/// step. The API repeats every text at the end of its part, of its item and of the response, so it
/// has to be kept.
final class ResponseOutput {
  /// Of memory for a character: of the builder, which doubles, and of the events that repeat it.
  private static final long BYTES_PER_CHARACTER = 6;

  /// Of an answer; more than any model writes. One endless answer must not fill the memory.
  private static final long MAX_CHARACTERS = 4 << 20;

  private final String idSuffix;
  private final LongConsumer memory;
  private final EventListener listener;
  private final List<OutputItem> items = new ArrayList<>();
  private final Map<Integer, FunctionCallItem> calls = new HashMap<>();
  private @Nullable MessageItem message;

  /// Of the next message.
  private @Nullable String phase;

  private long characters;

  /// @param idSuffix unique among responses
  /// @param memory reserves bytes
  ResponseOutput(String idSuffix, LongConsumer memory, EventListener listener) {
    this.idSuffix = idSuffix;
    this.memory = memory;
    this.listener = listener;
  }

  /// Gets the events of the Responses API.
  @FunctionalInterface
  interface EventListener {
    void onEvent(String type, JsonFields fields);
  }

  List<OutputItem> items() {
    return items;
  }

  /// Adds an event of the answer.
  ///
  /// @return the answer's end if this event is it, else null
  /// @throws Failure if there is not enough memory, or the answer is endless
  @Nullable AnswerEnd add(UpstreamEvent event) {
    switch (event) {
      case UpstreamEvent.MessageStart(String newPhase, _) -> {
        endMessage("completed");
        phase = newPhase;
      }
      case UpstreamEvent.TextDelta(String text) -> addText(text, false);
      case UpstreamEvent.RefusalDelta(String text) -> addText(text, true);
      case UpstreamEvent.FunctionCall(int call, String callId, String name) ->
          addCall(call, callId, name);
      case UpstreamEvent.FunctionCallArguments(int call, String delta) -> addArguments(call, delta);
      case UpstreamEvent.FunctionCallDone(int call) -> endCall(call);
      case UpstreamEvent.Reasoning(String encryptedContent) -> addReasoning(encryptedContent);
      case UpstreamEvent.Restarted _ -> clear();
      case UpstreamEvent.Completed completed -> {
        end("completed");
        return AnswerEnd.of(completed);
      }
      case UpstreamEvent.Incomplete incomplete -> {
        end("incomplete");
        return AnswerEnd.of(incomplete);
      }
      case UpstreamEvent.Attempt _,
          UpstreamEvent.Created _,
          UpstreamEvent.KeepAlive _,
          UpstreamEvent.InProgress _,
          // Only the page asks for these.
          UpstreamEvent.ReasoningSummary _,
          UpstreamEvent.ReasoningText _,
          UpstreamEvent.WebSearch _,
          UpstreamEvent.FileSearch _,
          UpstreamEvent.Annotation _,
          UpstreamEvent.Unknown _ -> {}
    }
    return null;
  }

  /// Only for an answer that is not streamed, because a stream cannot take anything back.
  private void clear() {
    items.clear();
    calls.clear();
    message = null;
  }

  /// Marks what is open as incomplete, without events.
  void interrupt() {
    items.stream().filter(OutputItem::isInProgress).forEach(item -> item.end("incomplete"));
  }

  private void addText(String delta, boolean isRefusal) {
    reserve(delta);
    MessageItem item = message == null ? openMessage() : message;
    TextPart part = item.parts.isEmpty() ? null : item.parts.getLast();
    if (part == null || part.isRefusal() != isRefusal) {
      if (part != null) {
        endPart(item, part);
      }
      part = openPart(item, isRefusal);
    }
    part.text().append(delta);
    boolean isText = !isRefusal;
    partEvent(
        part.eventType() + ".delta",
        item,
        part,
        out -> {
          out.writeStringField("delta", delta);
          if (isText) {
            OutputItem.writeEmptyArray("logprobs", out);
          }
        });
  }

  private void addCall(int call, String callId, String name) {
    reserve(callId + name);
    endMessage("completed");
    FunctionCallItem item = new FunctionCallItem(id("fc_"), items.size(), callId, name);
    calls.put(call, item);
    open(item);
  }

  private void addArguments(int call, String delta) {
    FunctionCallItem item = calls.get(call);
    if (item != null) {
      reserve(delta);
      item.arguments.append(delta);
      itemEvent(
          "response.function_call_arguments.delta",
          item,
          out -> out.writeStringField("delta", delta));
    }
  }

  private void endCall(int call) {
    FunctionCallItem item = calls.remove(call);
    if (item != null) {
      itemEvent(
          "response.function_call_arguments.done",
          item,
          out -> {
            out.writeStringField("name", item.name);
            out.writeStringField("arguments", item.arguments.toString());
          });
      end(item, "completed");
    }
  }

  private void addReasoning(String encryptedContent) {
    reserve(encryptedContent);
    endMessage("completed");
    ReasoningItem item = new ReasoningItem(id("rs_"), items.size(), encryptedContent);
    open(item);
    end(item, "completed");
  }

  /// Ends every item that is open.
  ///
  /// @param status `completed` or `incomplete`
  private void end(String status) {
    endMessage(status);
    calls.values().forEach(item -> end(item, status));
    calls.clear();
  }

  private MessageItem openMessage() {
    MessageItem item = new MessageItem(id("msg_"), items.size(), phase);
    message = item;
    phase = null;
    open(item);
    return item;
  }

  private TextPart openPart(MessageItem item, boolean isRefusal) {
    TextPart part = new TextPart(item.parts.size(), isRefusal, new StringBuilder());
    item.parts.add(part);
    partEvent(
        "response.content_part.added",
        item,
        part,
        out -> {
          out.writeFieldName("part");
          part.write(out);
        });
    return part;
  }

  private void endPart(MessageItem item, TextPart part) {
    partEvent(
        part.eventType() + ".done",
        item,
        part,
        out -> {
          out.writeStringField(part.textField(), part.text().toString());
          if (!part.isRefusal()) {
            OutputItem.writeEmptyArray("logprobs", out);
          }
        });
    partEvent(
        "response.content_part.done",
        item,
        part,
        out -> {
          out.writeFieldName("part");
          part.write(out);
        });
  }

  private void endMessage(String status) {
    MessageItem item = message;
    if (item != null) {
      message = null;
      endPart(item, item.parts.getLast());
      end(item, status);
    }
  }

  private void open(OutputItem item) {
    items.add(item);
    wholeItemEvent("response.output_item.added", item);
  }

  private void end(OutputItem item, String status) {
    item.end(status);
    wholeItemEvent("response.output_item.done", item);
  }

  private void wholeItemEvent(String type, OutputItem item) {
    listener.onEvent(
        type,
        out -> {
          out.writeNumberField("output_index", item.index);
          out.writeFieldName("item");
          item.write(out);
        });
  }

  private void itemEvent(String type, OutputItem item, JsonFields fields) {
    listener.onEvent(
        type,
        out -> {
          out.writeStringField("item_id", item.id);
          out.writeNumberField("output_index", item.index);
          fields.write(out);
        });
  }

  private void partEvent(String type, MessageItem item, TextPart part, JsonFields fields) {
    itemEvent(
        type,
        item,
        out -> {
          out.writeNumberField("content_index", part.index());
          fields.write(out);
        });
  }

  private String id(String prefix) {
    return prefix + idSuffix + "_" + items.size();
  }

  private void reserve(String text) {
    characters += text.length();
    if (characters > MAX_CHARACTERS) {
      throw new Failure(ErrorCode.PROVIDER_ERROR, "the answer is too long to be collected");
    }
    memory.accept(BYTES_PER_CHARACTER * text.length());
  }
}

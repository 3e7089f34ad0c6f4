package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.CachedDeserializer;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.InputItem.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message of chat completions. One of the assistant holds its tool calls, which are items of
/// their own in the Responses API.
@JsonIgnoreProperties(ignoreUnknown = true)
record ChatMessageBody(
    @Nullable String role,
    @Nullable ContentBody content,
    @Nullable JsonText refusal,
    @Nullable @JsonProperty("tool_calls") ToolCallList toolCalls,
    @Nullable @JsonProperty("tool_call_id") String toolCallId) {

  /// The items as the provider gets them.
  ///
  /// @param param the message's path in the request, for an error
  /// @throws Failure if the message is not supported
  List<InputItem> toItems(String param) {
    List<ToolCallBody> calls = toolCalls == null ? List.of() : toolCalls.calls();
    if ("tool".equals(role)) {
      return List.of(toolOutput(param));
    }
    boolean isAnswer = "assistant".equals(role);
    if (!isAnswer || (calls.isEmpty() && refusal == null)) {
      InputItem message = Messages.of(role, content, param);
      return message == null ? List.of() : List.of(message);
    }
    List<InputItem> items = new ArrayList<>();
    InputItem message = Messages.ofAnswer(answerParts(param));
    if (message != null) {
      items.add(message);
    }
    for (int i = 0; i < calls.size(); i++) {
      items.add(calls.get(i).toItem(param + ".tool_calls[" + i + "]"));
    }
    return items;
  }

  /// The text of an answer, or else its refusal. An answer of tool calls has neither.
  private List<Part> answerParts(String param) {
    List<Part> parts = content == null ? List.of() : content.toParts(param + ".content");
    if (parts.stream().anyMatch(part -> !part.text().isBlank())) {
      return parts;
    }
    return refusal == null ? List.of() : List.of(new Part(Part.Kind.REFUSAL, refusal, null));
  }

  private InputItem toolOutput(String param) {
    if (toolCallId == null || content == null) {
      throw Failure.invalidParameter(param, "has no tool_call_id or no content");
    }
    return new InputItem.FunctionCallOutput(toolCallId, content.toParts(param + ".content"));
  }

  /// A call that the model has made.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record ToolCallBody(@Nullable String id, @Nullable CalledFunction function) {
    InputItem toItem(String param) {
      CalledFunction called = Messages.required(function, param + ".function");
      return new InputItem.FunctionCall(
          Messages.required(id, param + ".id"),
          ToolBody.calledName(called.name(), param),
          ToolBody.calledArguments(called.arguments()));
    }
  }

  /// A function and its arguments.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record CalledFunction(@Nullable String name, @Nullable JsonText arguments) {}

  /// The calls of one message.
  @JsonDeserialize(using = ToolCallList.Deserializer.class)
  record ToolCallList(List<ToolCallBody> calls) {
    static final class Deserializer extends CachedDeserializer<ToolCallList> {
      @Override
      public ToolCallList deserialize(JsonParser parser, DeserializationContext context)
          throws IOException {
        return new ToolCallList(BodyList.read(parser, context, ToolCallBody.class));
      }
    }
  }

  /// The conversation.
  @JsonDeserialize(using = MessageList.Deserializer.class)
  record MessageList(List<ChatMessageBody> messages) {
    List<InputItem> toInput() {
      List<InputItem> input = new ArrayList<>();
      for (int i = 0; i < messages.size(); i++) {
        input.addAll(messages.get(i).toItems("messages[" + i + "]"));
      }
      return input;
    }

    static final class Deserializer extends CachedDeserializer<MessageList> {
      @Override
      public MessageList deserialize(JsonParser parser, DeserializationContext context)
          throws IOException {
        return new MessageList(BodyList.read(parser, context, ChatMessageBody.class));
      }
    }
  }
}

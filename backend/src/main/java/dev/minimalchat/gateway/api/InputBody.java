package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.CachedDeserializer;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `input` of the Responses API: a string, or items.
@JsonDeserialize(using = InputBody.Deserializer.class)
record InputBody(List<ItemBody> items) {
  private static final Pattern PHASE = Pattern.compile("[a-z_]{1,50}");

  /// The conversation as the provider gets it.
  ///
  /// @throws Failure if an item is not supported
  List<InputItem> toInput() {
    List<InputItem> input = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      InputItem item = items.get(i).toItem("input[" + i + "]");
      if (item != null) {
        input.add(item);
      }
    }
    return input;
  }

  /// One item. Fields that are not used, such as ids, are ignored.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record ItemBody(
      @Nullable String type,
      @Nullable String role,
      @Nullable ContentBody content,
      @Nullable String phase,
      @Nullable @JsonProperty("call_id") String callId,
      @Nullable String name,
      @Nullable ArgumentsBody arguments,
      @Nullable ContentBody output,
      @Nullable @JsonProperty("encrypted_content") JsonText encryptedContent) {

    /// The item for the provider; null if it cannot use it.
    ///
    /// @param param its path in the request, for an error
    @Nullable InputItem toItem(String param) {
      return switch (type) {
        case "message" -> message(param);
        case "function_call" ->
            new InputItem.FunctionCall(
                Messages.required(callId, param + ".call_id"),
                ToolBody.calledName(name, param + ".name"),
                ToolBody.calledArguments(
                    arguments == null ? null : arguments.toText(param + ".arguments")));
        case "function_call_output" ->
            new InputItem.FunctionCallOutput(
                Messages.required(callId, param + ".call_id"),
                Messages.required(output, param + ".output").toParts(param + ".output"));
        case "reasoning" ->
            encryptedContent == null ? null : new InputItem.EncryptedReasoning(encryptedContent);
        case "web_search_call",
            "tool_search_call",
            "tool_search_output",
            "additional_tools",
            "compaction" ->
            null;
        case "item_reference" ->
            throw Failure.invalidParameter(
                param, "refers to a stored item, but nothing is stored: set store to false");
        case null -> message(param);
        default -> throw Failure.invalidParameter(param, "is of a type that is not supported");
      };
    }

    private @Nullable InputItem message(String param) {
      InputItem item = Messages.of(role, content, param);
      return item instanceof Message message && isAnswerWithPhase(message)
          ? new Message(message.role(), message.content(), phase)
          : item;
    }

    /// Models that divide their answer need it back.
    private boolean isAnswerWithPhase(Message message) {
      return message.role() == Role.ASSISTANT && phase != null && PHASE.matcher(phase).matches();
    }
  }

  /// The arguments of a call: a string, but an object in some items that are left out.
  ///
  /// @param text null if it is no string
  @JsonDeserialize(using = ArgumentsBody.Deserializer.class)
  record ArgumentsBody(@Nullable JsonText text) {
    JsonText toText(String param) {
      if (text == null) {
        throw Failure.invalidParameter(param, "has the wrong type");
      }
      return text;
    }

    static final class Deserializer extends CachedDeserializer<ArgumentsBody> {
      @Override
      public ArgumentsBody deserialize(JsonParser parser, DeserializationContext context)
          throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
          return new ArgumentsBody(context.readValue(parser, JsonText.class));
        }
        parser.skipChildren();
        return new ArgumentsBody(null);
      }
    }
  }

  static final class Deserializer extends CachedDeserializer<InputBody> {
    @Override
    public InputBody deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.hasToken(JsonToken.VALUE_STRING)) {
        ContentBody text = context.readValue(parser, ContentBody.class);
        return new InputBody(
            List.of(new ItemBody("message", "user", text, null, null, null, null, null, null)));
      }
      return new InputBody(BodyList.read(parser, context, ItemBody.class));
    }
  }
}

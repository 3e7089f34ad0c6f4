package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.CachedDeserializer;
import dev.minimalchat.gateway.upstream.AnswerOptions.FunctionTool;
import dev.minimalchat.gateway.upstream.AnswerOptions.ToolChoice;
import dev.minimalchat.gateway.upstream.AnswerOptions.Tools;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `tool_choice`: a mode, or the function to call in the shape of either API.
///
/// @param mode null if it is an object
@JsonDeserialize(using = ToolChoiceBody.Deserializer.class)
record ToolChoiceBody(@Nullable String mode, @Nullable ChoiceObject object) {
  private static final Set<String> MODES = Set.of("auto", "none", "required");
  private static final String PARAM = "tool_choice";

  /// The tools that are relayed, and the choice among them.
  ///
  /// @throws Failure if the choice is none of them
  static Tools toTools(
      ToolBody.@Nullable ToolList tools,
      @Nullable ToolChoiceBody choice,
      @Nullable Boolean parallel) {
    List<FunctionTool> functions =
        tools == null
            ? List.of()
            : tools.tools().stream()
                .filter(ToolBody::isFunction)
                .map(tool -> tool.toFunction("tools"))
                .toList();
    ToolChoice chosen = choice == null ? null : choice.toChoice(functions);
    return functions.isEmpty() ? Tools.NONE : new Tools(functions, chosen, parallel);
  }

  private ToolChoice toChoice(List<FunctionTool> functions) {
    if (object == null) {
      if (!MODES.contains(mode) || (functions.isEmpty() && "required".equals(mode))) {
        throw Failure.invalidParameter(PARAM, "is not possible with these tools");
      }
      return new ToolChoice(mode, null);
    }
    String name = object.function() == null ? object.name() : object.function().name();
    boolean isFunction = "function".equals(object.type());
    if (!isFunction || functions.stream().noneMatch(it -> it.name().equals(name))) {
      throw Failure.invalidParameter(PARAM, "names no function of tools");
    }
    return new ToolChoice(null, name);
  }

  /// The object form.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record ChoiceObject(
      @Nullable String type, @Nullable String name, @Nullable NamedFunction function) {}

  /// The `function` of chat completions.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record NamedFunction(@Nullable String name) {}

  static final class Deserializer extends CachedDeserializer<ToolChoiceBody> {
    @Override
    public ToolChoiceBody deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.hasToken(JsonToken.VALUE_STRING)
          ? new ToolChoiceBody(parser.getText(), null)
          : new ToolChoiceBody(null, context.readValue(parser, ChoiceObject.class));
    }
  }
}

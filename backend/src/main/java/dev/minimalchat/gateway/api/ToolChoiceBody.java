package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `tool_choice`: a mode, the function to call, or the functions that may be called, in the shape
/// of either API. Some clients write a mode as an object that has it as its type.
///
/// @param mode null if it is another object
@JsonDeserialize(using = ToolChoiceBody.Deserializer.class)
record ToolChoiceBody(@Nullable String mode, @Nullable ChoiceObject object) {
  private static final Set<String> MODES = Set.of("auto", "none", "required");
  private static final Set<String> MODES_OF_LIST = Set.of("auto", "required");
  private static final String PARAM = "tool_choice";
  private static final String NO_FUNCTION = "names no function of tools";

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
    List<FunctionTool> allowed = choice == null ? functions : choice.allowed(functions);
    ToolChoice chosen = choice == null ? null : choice.toChoice(allowed);
    return allowed.isEmpty() ? Tools.NONE : new Tools(allowed, chosen, parallel);
  }

  /// The functions of a list in the choice; all without one. Other tools of the list are left out,
  /// as they are in the request.
  private List<FunctionTool> allowed(List<FunctionTool> functions) {
    AllowedTools list = object == null ? null : object.allowedTools();
    if (list == null) {
      return functions;
    }
    if (list.tools() == null) {
      throw Failure.invalidParameter(PARAM, NO_FUNCTION);
    }
    Set<String> names =
        list.tools().tools().stream()
            .filter(ToolBody::isFunction)
            .map(tool -> Objects.requireNonNullElse(tool.functionName(), ""))
            .collect(Collectors.toSet());
    List<FunctionTool> allowed =
        functions.stream().filter(it -> names.contains(it.name())).toList();
    if (allowed.stream().map(FunctionTool::name).distinct().count() < names.size()) {
      throw Failure.invalidParameter(PARAM, NO_FUNCTION);
    }
    return allowed;
  }

  private ToolChoice toChoice(List<FunctionTool> functions) {
    if (object == null) {
      return ofMode(mode, MODES, functions);
    }
    AllowedTools list = object.allowedTools();
    if (list != null) {
      return ofMode(list.mode(), MODES_OF_LIST, functions);
    }
    String name = object.function() == null ? object.name() : object.function().name();
    boolean isFunction = "function".equals(object.type());
    if (!isFunction || functions.stream().noneMatch(it -> it.name().equals(name))) {
      throw Failure.invalidParameter(PARAM, NO_FUNCTION);
    }
    return new ToolChoice(null, name);
  }

  private static ToolChoice ofMode(
      @Nullable String mode, Set<String> modes, List<FunctionTool> functions) {
    if (mode == null || !modes.contains(mode) || (functions.isEmpty() && mode.equals("required"))) {
      throw Failure.invalidParameter(PARAM, "is not possible with these tools");
    }
    return new ToolChoice(mode, null);
  }

  /// The object form.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record ChoiceObject(
      @Nullable String type,
      @Nullable String name,
      @Nullable NamedFunction function,
      @Nullable String mode,
      ToolBody.@Nullable ToolList tools,
      @Nullable @JsonProperty("allowed_tools") AllowedTools list) {

    /// The functions that may be called; null if it is none of these. Chat completions have an
    /// object of their own for them.
    @Nullable AllowedTools allowedTools() {
      if (!"allowed_tools".equals(type)) {
        return null;
      }
      return list == null ? new AllowedTools(mode, tools) : list;
    }
  }

  /// The functions that may be called, and how.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record AllowedTools(@Nullable String mode, ToolBody.@Nullable ToolList tools) {}

  /// The `function` of chat completions.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record NamedFunction(@Nullable String name) {}

  static final class Deserializer extends CachedDeserializer<ToolChoiceBody> {
    @Override
    public ToolChoiceBody deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.hasToken(JsonToken.VALUE_STRING)) {
        return new ToolChoiceBody(parser.getText(), null);
      }
      ChoiceObject object = context.readValue(parser, ChoiceObject.class);
      return object.type() != null && MODES.contains(object.type())
          ? new ToolChoiceBody(object.type(), null)
          : new ToolChoiceBody(null, object);
    }
  }
}

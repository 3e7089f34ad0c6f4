package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.CachedDeserializer;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.json.RawJson;
import dev.minimalchat.gateway.upstream.AnswerOptions.FunctionTool;
import dev.minimalchat.gateway.upstream.InputItem.FunctionCall;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A tool of a request. The Responses API has the fields of a function in the tool itself, chat
/// completions have them in `function`.
@JsonIgnoreProperties(ignoreUnknown = true)
record ToolBody(
    @Nullable String type,
    @Nullable String name,
    @Nullable JsonText description,
    @Nullable RawJson parameters,
    @Nullable Boolean strict,
    @Nullable FunctionBody function) {
  /// OpenAI's own pattern, and the dots of other providers.
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,128}");

  private static final String INVALID_NAME =
      "has a function without a name, or with an invalid one";

  /// Only functions are relayed: the client runs them. What a provider runs costs money.
  boolean isFunction() {
    return "function".equals(type);
  }

  /// The name in either shape, as it was sent.
  @Nullable String functionName() {
    return function == null ? name : function.name();
  }

  /// The function as the provider gets it.
  ///
  /// @param param the path of the tools in the request, for an error
  FunctionTool toFunction(String param) {
    if (function == null) {
      return new FunctionTool(validName(name, param), description, parameters, strict);
    }
    // Chat completions are not strict by default, the Responses API is.
    return new FunctionTool(
        validName(function.name(), param),
        function.description(),
        function.parameters(),
        Boolean.TRUE.equals(function.strict()));
  }

  /// The name of a call in the history, which the client got from the model.
  static String calledName(@Nullable String name, String param) {
    if (name == null || !FunctionCall.isName(name)) {
      throw Failure.invalidParameter(param, INVALID_NAME);
    }
    return name;
  }

  /// The arguments of a call in the history. Without any, its function had no parameters.
  static JsonText calledArguments(@Nullable JsonText arguments) {
    return arguments == null || arguments.isBlank() ? JsonText.of("{}") : arguments;
  }

  static String validName(@Nullable String name, String param) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw Failure.invalidParameter(param, INVALID_NAME);
    }
    return name;
  }

  /// The `function` of chat completions.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record FunctionBody(
      @Nullable String name,
      @Nullable JsonText description,
      @Nullable RawJson parameters,
      @Nullable Boolean strict) {}

  /// The tools of a request.
  @JsonDeserialize(using = ToolList.Deserializer.class)
  record ToolList(List<ToolBody> tools) {
    static final class Deserializer extends CachedDeserializer<ToolList> {
      @Override
      public ToolList deserialize(JsonParser parser, DeserializationContext context)
          throws IOException {
        return new ToolList(BodyList.read(parser, context, ToolBody.class));
      }
    }
  }
}

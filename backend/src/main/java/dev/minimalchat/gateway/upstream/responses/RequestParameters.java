package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.AnswerOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of a request to the provider the client has chosen, so that the provider's refusal of it is
/// the client's error. The names are those of the Responses API.
///
/// @param names of the parameters that are set
/// @param foldedMessages how many messages at the beginning are not in the provider's input
record RequestParameters(List<String> names, int foldedMessages) {
  static final RequestParameters NONE = new RequestParameters(List.of(), 0);

  /// @param foldedMessages as of [SystemMessages]
  static RequestParameters of(AnswerOptions options, int foldedMessages) {
    List<String> names = new ArrayList<>();
    add("max_output_tokens", options.maxOutputTokens(), names);
    add("temperature", options.temperature(), names);
    add("top_p", options.topP(), names);
    add("text.format", options.format(), names);
    add("parallel_tool_calls", options.tools().parallel(), names);
    add("tool_choice", options.tools().choice(), names);
    if (!options.tools().functions().isEmpty()) {
      names.add("tools");
    }
    return new RequestParameters(names, foldedMessages);
  }

  /// Which of them this is, or is a part of; null if it is none.
  ///
  /// @param param as the provider names it, such as `tools[0].parameters`
  @Nullable String chosen(String param) {
    return names.stream()
        .filter(name ->
            param.equals(name) || param.startsWith(name + ".") || param.startsWith(name + "["))
        .findFirst()
        .orElse(null);
  }

  private static void add(String name, @Nullable Object value, List<String> names) {
    if (value != null) {
      names.add(name);
    }
  }
}

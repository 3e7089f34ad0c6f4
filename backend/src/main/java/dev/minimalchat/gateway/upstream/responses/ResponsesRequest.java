package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.json.RawJson;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.ProviderFeatures;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /responses`: the fields that every server accepts, and those that the operator
/// or the client has set.
///
/// @param store false, or OpenAI stores the response for 30 days
@JsonInclude(JsonInclude.Include.NON_NULL)
record ResponsesRequest(
    String model,
    @Nullable JsonText instructions,
    List<WireItem> input,
    boolean stream,
    boolean store,
    @Nullable @JsonProperty("max_output_tokens") Integer maxOutputTokens,
    @Nullable Double temperature,
    @Nullable @JsonProperty("top_p") Double topP,
    @Nullable Reasoning reasoning,
    @Nullable List<String> include,
    @Nullable Text text,
    @Nullable List<WireTool> tools,
    @Nullable @JsonProperty("max_tool_calls") Integer maxToolCalls,
    @Nullable @JsonProperty("tool_choice") Object toolChoice,
    @Nullable @JsonProperty("parallel_tool_calls") Boolean parallelToolCalls) {
  static final String ENCRYPTED_REASONING = "reasoning.encrypted_content";

  /// Searches of one answer. Each takes seconds, and its results are read as input.
  static final int MAX_TOOL_CALLS = 8;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Reasoning(@Nullable String effort, @Nullable String summary) {
    static @Nullable Reasoning of(@Nullable String effort, @Nullable String summary) {
      return effort == null && summary == null ? null : new Reasoning(effort, summary);
    }
  }

  record Text(Format format) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Format(
      String type,
      @Nullable String name,
      @Nullable JsonText description,
      @Nullable RawJson schema,
      @Nullable Boolean strict) {
    static Format of(AnswerOptions.TextFormat it) {
      return new Format(it.type(), it.name(), it.description(), it.schema(), it.strict());
    }
  }

  record NamedFunction(String type, String name) {}

  static ResponsesRequest of(
      UpstreamRequest request,
      SystemMessages system,
      Provider provider,
      UpstreamProperties properties) {
    AnswerOptions options = request.options();
    ProviderFeatures features = provider.features();
    List<WireTool> tools = WireTool.of(options, features);
    return new ResponsesRequest(
        options.model() == null ? provider.model() : options.model(),
        system.instructions(),
        request.input().stream().skip(system.folded()).map(WireItem::of).toList(),
        true,
        false,
        properties.maxOutputTokens(options.maxOutputTokens()),
        properties.temperature(options.temperature()),
        options.topP(),
        Reasoning.of(
            features.reasoningEffort(),
            options.page().reasoning() ? features.reasoningSummary() : null),
        options.encryptedReasoning() ? List.of(ENCRYPTED_REASONING) : null,
        options.format() == null ? null : new Text(Format.of(options.format())),
        tools.isEmpty() ? null : tools,
        tools.stream().anyMatch(WireTool::isOpenAiSearch) ? MAX_TOOL_CALLS : null,
        toolChoice(options.tools().choice()),
        options.tools().parallel());
  }

  private static @Nullable Object toolChoice(AnswerOptions.@Nullable ToolChoice choice) {
    if (choice == null) {
      return null;
    }
    return choice.function() == null
        ? choice.mode()
        : new NamedFunction("function", choice.function());
  }
}

package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minimalchat.gateway.api.ChatMessageBody.MessageList;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.AttachmentProperties;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.Models;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/chat/completions`, with the same three lists of fields as [ResponsesBody].
///
/// @param input the conversation as Cursor sends it to this route: in the Responses API's shape
/// @param maxTokens the older name of `maxCompletionTokens`
/// @param choices the API's `n`; more than one is refused
/// @param functions the older form of `tools`, refused
@JsonIgnoreProperties(ignoreUnknown = true)
record ChatCompletionsBody(
    @Nullable String model,
    @Nullable MessageList messages,
    @Nullable InputBody input,
    @Nullable Boolean stream,
    @Nullable @JsonProperty("stream_options") StreamOptions streamOptions,
    @Nullable @JsonProperty("max_tokens") Integer maxTokens,
    @Nullable @JsonProperty("max_completion_tokens") Integer maxCompletionTokens,
    @Nullable Double temperature,
    @Nullable @JsonProperty("top_p") Double topP,
    @Nullable @JsonProperty("n") Integer choices,
    @Nullable StopBody stop,
    ToolBody.@Nullable ToolList tools,
    @Nullable @JsonProperty("tool_choice") ToolChoiceBody toolChoice,
    @Nullable @JsonProperty("parallel_tool_calls") Boolean parallelToolCalls,
    @Nullable @JsonProperty("response_format") FormatBody responseFormat,
    @Nullable Boolean store,
    @Nullable Present functions,
    @Nullable Present audio) {
  /// The Responses API of OpenAI refuses less, which chat completions accept.
  private static final int MIN_OUTPUT_TOKENS = 16;

  /// Whether the answer is a stream.
  boolean isStream() {
    return Boolean.TRUE.equals(stream);
  }

  /// Whether a stream ends with its usage.
  boolean includesUsage() {
    return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
  }

  /// Checks what the JSON's structure cannot express.
  ///
  /// @throws Failure if a field is refused or invalid, or if the model is not available
  UpstreamRequest toUpstreamRequest(
      String requestId, LimitsProperties limits, Models models, AttachmentProperties attachments) {
    refuse(choices != null && choices != 1, "n");
    refuse(Boolean.TRUE.equals(store), "store");
    refuse(functions != null, "functions");
    refuse(audio != null, "audio");
    List<InputItem> items = messages == null && input != null ? input.toInput() : fromMessages();
    Messages.check(items, limits, attachments, "messages");
    return new UpstreamRequest(requestId, items, options(models));
  }

  private List<InputItem> fromMessages() {
    return messages == null ? List.of() : messages.toInput();
  }

  private AnswerOptions options(Models models) {
    Integer max =
        maxCompletionTokens == null
            ? Numbers.positive(maxTokens, "max_tokens")
            : Numbers.positive(maxCompletionTokens, "max_completion_tokens");
    AnswerOptions options =
        new AnswerOptions(
            models.get(model).id(),
            max == null ? null : Math.max(max, MIN_OUTPUT_TOKENS),
            Numbers.notNegative(temperature, "temperature"),
            Numbers.notNegative(topP, "top_p"),
            ToolChoiceBody.toTools(tools, toolChoice, parallelToolCalls),
            responseFormat == null ? null : responseFormat.toFormat("response_format"),
            false);
    return stop == null ? options : options.withStop(stop.toSequences());
  }

  private static void refuse(boolean isRefused, String field) {
    if (isRefused) {
      throw Failure.invalidParameter(field, "is not supported");
    }
  }

  /// Settings of a stream.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record StreamOptions(@Nullable @JsonProperty("include_usage") Boolean includeUsage) {}
}

package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.json.RawJson;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.AttachmentProperties;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.Models;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/responses`. Its fields are in three lists (`docs/protocol.md`): these are
/// used; these are refused by name, because the client relies on them; every other is ignored,
/// because SDKs send many by themselves.
///
/// @param include of its values only `reasoning.encrypted_content` has an effect
/// @param background refused if true, like `store`
@JsonIgnoreProperties(ignoreUnknown = true)
record ResponsesBody(
    @Nullable String model,
    @Nullable InputBody input,
    @Nullable JsonText instructions,
    @Nullable Boolean stream,
    @Nullable @JsonProperty("max_output_tokens") Integer maxOutputTokens,
    @Nullable Double temperature,
    @Nullable @JsonProperty("top_p") Double topP,
    @Nullable RawJson metadata,
    ToolBody.@Nullable ToolList tools,
    @Nullable @JsonProperty("tool_choice") ToolChoiceBody toolChoice,
    @Nullable @JsonProperty("parallel_tool_calls") Boolean parallelToolCalls,
    @Nullable TextBody text,
    @Nullable List<@Nullable String> include,
    @Nullable Boolean background,
    @Nullable Boolean store,
    @Nullable @JsonProperty("previous_response_id") Present previousResponseId,
    @Nullable Present conversation,
    @Nullable Present prompt) {
  private static final String ENCRYPTED_REASONING = "reasoning.encrypted_content";
  private static final String NOT_SUPPORTED = "is not supported";

  /// Whether the answer is a stream. The `Accept` header does not decide: SDKs send
  /// `application/json` in both cases.
  boolean isStream() {
    return Boolean.TRUE.equals(stream);
  }

  /// Checks what the JSON's structure cannot express.
  ///
  /// @throws Failure if a field is refused or invalid, or if the model is not available
  UpstreamRequest toUpstreamRequest(
      String requestId, LimitsProperties limits, Models models, AttachmentProperties attachments) {
    refuse(Boolean.TRUE.equals(background), "background");
    refuse(Boolean.TRUE.equals(store), "store");
    refuse(previousResponseId != null, "previous_response_id");
    refuse(conversation != null, "conversation");
    refuse(prompt != null, "prompt");
    List<InputItem> items = new ArrayList<>(input == null ? List.of() : input.toInput());
    Messages.check(items, limits, attachments, "input");
    if (instructions != null && !instructions.isBlank()) {
      items.addFirst(Messages.system(instructions));
    }
    return new UpstreamRequest(requestId, items, options(models));
  }

  private AnswerOptions options(Models models) {
    FormatBody format = text == null ? null : text.format();
    return new AnswerOptions(
        models.get(model).id(),
        Numbers.positive(maxOutputTokens, "max_output_tokens"),
        Numbers.notNegative(temperature, "temperature"),
        Numbers.notNegative(topP, "top_p"),
        ToolChoiceBody.toTools(tools, toolChoice, parallelToolCalls),
        format == null ? null : format.toFormat("text.format"),
        include != null && include.contains(ENCRYPTED_REASONING));
  }

  private static void refuse(boolean isRefused, String field) {
    if (isRefused) {
      throw Failure.invalidParameter(field, NOT_SUPPORTED);
    }
  }

  /// Settings of the text; its `verbosity` is ignored.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record TextBody(@Nullable FormatBody format) {}
}

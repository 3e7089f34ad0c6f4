package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /responses`: the fields that every server accepts, and those that the operator
/// has set.
///
/// @param store false, or OpenAI stores the response for 30 days
@JsonInclude(JsonInclude.Include.NON_NULL)
record ResponsesRequest(
    String model,
    @Nullable String instructions,
    List<Item> input,
    boolean stream,
    boolean store,
    @Nullable @JsonProperty("max_output_tokens") Integer maxOutputTokens,
    @Nullable Double temperature,
    @Nullable Reasoning reasoning) {

  /// String content with an explicit type: the form that every server accepts.
  record Item(String type, Role role, JsonText content) {}

  record Reasoning(String effort) {}

  static ResponsesRequest of(UpstreamRequest request, String model, UpstreamProperties properties) {
    String effort = properties.reasoningEffort();
    return new ResponsesRequest(
        model,
        properties.systemPrompt(),
        request.messages().stream()
            .map(message -> new Item("message", message.role(), message.content()))
            .toList(),
        true,
        false,
        properties.maxOutputTokens(),
        properties.temperature(),
        effort == null ? null : new Reasoning(effort));
  }
}

package dev.minimalchat.gateway.upstream.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Prompt;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /responses`: the least that every server understands, and what the operator
/// has set beyond it.
///
/// @param store false, because providers keep answers otherwise
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

  /// Plain string content and an explicit type: the one form that no server refuses.
  record Item(String type, Role role, String content) {
    static Item of(Message message) {
      return new Item("message", message.role(), message.content());
    }
  }

  record Reasoning(String effort) {}

  static ResponsesRequest of(Prompt prompt, String model, UpstreamProperties properties) {
    String effort = properties.reasoningEffort();
    return new ResponsesRequest(
        model,
        properties.systemPrompt(),
        prompt.messages().stream().map(Item::of).toList(),
        true,
        false,
        properties.maxOutputTokens(),
        properties.temperature(),
        effort == null ? null : new Reasoning(effort));
  }
}

package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.AttachmentProperties;
import dev.minimalchat.gateway.upstream.Attachments;
import dev.minimalchat.gateway.upstream.HostedTool;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.Models;
import dev.minimalchat.gateway.upstream.ProviderFeatures;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/chat`.
///
/// @param messages the conversation so far, the user's message last
/// @param restart whether the client understands `response.restarted`; null counts as false
/// @param model one of [Models]; null for the default
/// @param tools that the provider may use; null for none
/// @param reasoning null for none
record ChatRequest(
    @NotEmpty(message = "is empty")
        List<@NotNull(message = "is missing") @Valid ChatMessage> messages,
    @Nullable Boolean restart,
    @Nullable String model,
    @Nullable List<@NotNull(message = "is missing") HostedTool> tools,
    @Nullable ReasoningDetail reasoning) {

  /// How much of its reasoning the client wants to see.
  enum ReasoningDetail {
    @JsonProperty("summary")
    SUMMARY
  }

  /// Checks what the annotations cannot express.
  ///
  /// @throws Failure if there are too many messages, the last one is not the user's, the model is
  ///   not available, or a feature is not enabled
  UpstreamRequest toUpstreamRequest(
      String requestId,
      LimitsProperties limits,
      Models models,
      ProviderFeatures features,
      AttachmentProperties attachments) {
    if (limits.exceedsMaxMessages(messages.size())) {
      throw new Failure(ErrorCode.PAYLOAD_TOO_LARGE, "more than MAX_MESSAGES messages");
    }
    if (messages.getLast().role() != Role.USER) {
      throw Failure.invalidRequest("messages: the last one is not the user's");
    }
    if (reasoning != null && !features.showsReasoning()) {
      throw Failure.invalidParameter("reasoning", "is not available");
    }
    AnswerOptions options =
        AnswerOptions.ofPage(
            models.get(model).id(),
            new AnswerOptions.PageOptions(
                availableTools(features),
                reasoning != null,
                reasoning != null && features.showsReasoningText(),
                true));
    List<InputItem> items = items();
    Attachments.check(items, attachments, "messages");
    return new UpstreamRequest(requestId, items, options).withRestart(Boolean.TRUE.equals(restart));
  }

  private List<InputItem> items() {
    List<InputItem> items = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      items.add(messages.get(i).toItem("messages[" + i + "]"));
    }
    return items;
  }

  private List<HostedTool> availableTools(ProviderFeatures features) {
    List<HostedTool> available = tools == null ? List.of() : tools;
    for (int i = 0; i < available.size(); i++) {
      if (!features.has(available.get(i))) {
        throw Failure.invalidParameter("tools[" + i + "]", "is not available");
      }
    }
    return available.stream().distinct().toList();
  }
}

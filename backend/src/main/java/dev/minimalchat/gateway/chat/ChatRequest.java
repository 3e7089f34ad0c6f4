package dev.minimalchat.gateway.chat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/chat`.
///
/// @param messages the conversation so far, the user's message last
/// @param restart whether the client understands `response.restarted`; null counts as false
record ChatRequest(
    @NotEmpty(message = "is empty") List<@NotNull(message = "is missing") @Valid Message> messages,
    @Nullable Boolean restart) {

  /// Checks what the annotations cannot express.
  ///
  /// @throws Failure if there are too many messages, or the last one is not the user's
  UpstreamRequest toUpstreamRequest(String requestId, LimitsProperties limits) {
    if (limits.exceedsMaxMessages(messages.size())) {
      throw new Failure(ErrorCode.PAYLOAD_TOO_LARGE, "more than MAX_MESSAGES messages");
    }
    if (messages.getLast().role() != Role.USER) {
      throw Failure.invalidRequest("messages: the last one is not the user's");
    }
    return new UpstreamRequest(requestId, messages).withRestart(Boolean.TRUE.equals(restart));
  }
}

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

/// The body of `POST /v1/chat`: the conversation so far, the user's message last.
record ChatRequest(
    @NotEmpty(message = "is empty")
        List<@NotNull(message = "is missing") @Valid Message> messages) {

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
    return new UpstreamRequest(requestId, messages);
  }
}

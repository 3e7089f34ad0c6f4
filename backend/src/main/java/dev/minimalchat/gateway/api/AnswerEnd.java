package dev.minimalchat.gateway.api;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import org.jspecify.annotations.Nullable;

/// How an answer has ended.
///
/// @param status `completed`, `incomplete` or `failed`
/// @param reason why it is incomplete
/// @param usage null if the provider reports none
record AnswerEnd(
    String status, @Nullable String reason, @Nullable Usage usage, @Nullable Failure failure) {

  static AnswerEnd of(UpstreamEvent.Completed completed) {
    return new AnswerEnd("completed", null, completed.usage(), null);
  }

  /// A model that has nothing to say, for instance after a tool, has still completed its answer.
  static AnswerEnd of(UpstreamEvent.Incomplete incomplete) {
    if (incomplete.isEmpty()) {
      return new AnswerEnd("completed", null, incomplete.usage(), null);
    }
    return new AnswerEnd("incomplete", incomplete.reason(), incomplete.usage(), null);
  }

  static AnswerEnd of(Failure failure) {
    return new AnswerEnd("failed", null, null, failure);
  }
}

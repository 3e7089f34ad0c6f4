package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.Failure;
import org.jspecify.annotations.Nullable;

/// One event of an answer. A failure is not an event: it is thrown as a [Failure].
public sealed interface UpstreamEvent {

  /// The gateway is about to send the request. Every stream begins with one, and each retry has
  /// one.
  ///
  /// @param previous the failure of the attempt before; null for the first
  /// @param fallbackModel what the fallback provider is asked for; null if it is not asked
  record Attempt(@Nullable Failure previous, @Nullable String fallbackModel)
      implements UpstreamEvent {
    public Attempt(@Nullable Failure previous) {
      this(previous, null);
    }
  }

  /// The provider has accepted the request.
  ///
  /// @param id the provider's id of this response
  /// @param model the model that answers, possibly a dated version of the requested one
  record Created(@Nullable String id, @Nullable String model) implements UpstreamEvent {}

  /// The answer begins again, because its provider failed after its first content. What came before
  /// is not part of it.
  ///
  /// @param id as of [Created]
  /// @param model as of [Created]
  record Restarted(@Nullable String id, @Nullable String model) implements UpstreamEvent {}

  /// The provider is there, and the model may still wait for its turn.
  record KeepAlive() implements UpstreamEvent {}

  /// The model is working, without text for the user: it reasons, or opens a content part.
  ///
  /// @param reasoningCharacters of this event, in UTF-16 code units; 0 if it is not reasoning
  record InProgress(int reasoningCharacters) implements UpstreamEvent {
    public InProgress() {
      this(0);
    }
  }

  /// An event that is not part of the Responses API. It does not reset the idle timeout.
  record Unknown() implements UpstreamEvent {}

  record TextDelta(String text) implements UpstreamEvent {}

  /// The model refuses; the text is its explanation.
  record RefusalDelta(String text) implements UpstreamEvent {}

  /// The model calls a function of the client. Its arguments follow.
  ///
  /// @param index numbers the calls of an answer, from 0
  /// @param callId the provider's id, which the function's output must repeat
  record FunctionCall(int index, String callId, String name) implements UpstreamEvent {}

  /// More of the arguments of a function call, which are JSON.
  record FunctionCallArguments(int index, String delta) implements UpstreamEvent {}

  /// The arguments of a function call are complete.
  record FunctionCallDone(int index) implements UpstreamEvent {}

  /// The model's reasoning, for the next request of this conversation.
  record Reasoning(String encryptedContent) implements UpstreamEvent {}

  /// The answer is complete.
  ///
  /// @param usage null where the provider reports none
  record Completed(@Nullable Usage usage) implements UpstreamEvent {}

  /// The answer ended early.
  ///
  /// @param reason the provider's `incomplete_details.reason`, such as `max_output_tokens`, or
  ///   `no_output`
  record Incomplete(String reason, @Nullable Usage usage) implements UpstreamEvent {

    /// Whether the answer ended for no reason but without output.
    public boolean isEmpty() {
      return reason.equals("no_output");
    }
  }

  /// Whether the client sees something from this event on: text, an item, or the end of the answer.
  default boolean isContent() {
    return switch (this) {
      case Attempt _, Created _, KeepAlive _, InProgress _, Unknown _ -> false;
      case Restarted _, TextDelta _, RefusalDelta _, Completed _, Incomplete _ -> true;
      case FunctionCall _, FunctionCallArguments _, FunctionCallDone _, Reasoning _ -> true;
    };
  }

  /// Whether this is the last event.
  default boolean isTerminal() {
    return switch (this) {
      case Attempt _,
          Created _,
          KeepAlive _,
          InProgress _,
          Unknown _,
          Restarted _,
          TextDelta _,
          RefusalDelta _ ->
          false;
      case FunctionCall _, FunctionCallArguments _, FunctionCallDone _, Reasoning _ -> false;
      case Completed _, Incomplete _ -> true;
    };
  }
}

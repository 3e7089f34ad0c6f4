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

  /// The text that follows is of another message of the answer, or of one that has a phase.
  ///
  /// @param phase `commentary` for what the model says while it works, `final_answer`, or another
  ///   name; null if the provider sends none
  /// @param isFirst whether there was no text before
  record MessageStart(@Nullable String phase, boolean isFirst) implements UpstreamEvent {
    /// Between the messages, for clients that know only one text.
    public static final String SEPARATOR = "\n\n";
  }

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

  /// More of a summary of the model's reasoning, for the user.
  ///
  /// @param part numbers the parts of all summaries of an answer, from 0
  record ReasoningSummary(int part, String text) implements UpstreamEvent {}

  /// More of the model's reasoning in clear, for the user.
  ///
  /// @param part numbers the parts of all reasoning in clear of an answer, from 0
  record ReasoningText(int part, String text) implements UpstreamEvent {}

  /// The model searches the web. Sent when a search begins, and again when it is known for what.
  ///
  /// @param index identifies the search in its answer
  /// @param query at most [#MAX_QUERY_CHARS]; null if it is not known
  /// @param url of the page that is opened; null for a search
  record WebSearch(int index, @Nullable String query, @Nullable String url)
      implements UpstreamEvent {
    public static final int MAX_QUERY_CHARS = 500;
  }

  /// The model searches the operator's documents.
  ///
  /// @param index identifies the search in its answer
  record FileSearch(int index) implements UpstreamEvent {}

  /// The text so far cites a source.
  record Annotation(Citation citation) implements UpstreamEvent {}

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

  /// Whether it shows the model's work to the user, and is no part of the answer itself.
  default boolean isWork() {
    return switch (this) {
      case ReasoningSummary _, ReasoningText _, WebSearch _, FileSearch _, Annotation _ -> true;
      case Attempt _, Created _, Restarted _, KeepAlive _, InProgress _, Unknown _ -> false;
      case MessageStart _, TextDelta _, RefusalDelta _, Completed _, Incomplete _ -> false;
      case FunctionCall _, FunctionCallArguments _, FunctionCallDone _, Reasoning _ -> false;
    };
  }

  /// Whether the client sees something from this event on: text, an item, the model's work, or the
  /// end of the answer.
  default boolean isContent() {
    return switch (this) {
      case Attempt _, Created _, KeepAlive _, InProgress _, Unknown _ -> false;
      case Restarted _, MessageStart _, TextDelta _, RefusalDelta _ -> true;
      case Completed _, Incomplete _ -> true;
      case FunctionCall _, FunctionCallArguments _, FunctionCallDone _, Reasoning _ -> true;
      case ReasoningSummary _, ReasoningText _, WebSearch _, FileSearch _, Annotation _ -> true;
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
          MessageStart _,
          TextDelta _,
          RefusalDelta _ ->
          false;
      case FunctionCall _, FunctionCallArguments _, FunctionCallDone _, Reasoning _ -> false;
      case ReasoningSummary _, ReasoningText _, WebSearch _, FileSearch _, Annotation _ -> false;
      case Completed _, Incomplete _ -> true;
    };
  }
}

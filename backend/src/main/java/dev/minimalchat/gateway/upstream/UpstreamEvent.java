package dev.minimalchat.gateway.upstream;

import org.jspecify.annotations.Nullable;

/// What a provider tells us while it answers. A failure is not among these: it is thrown as a
/// [dev.minimalchat.gateway.errors.Failure].
public sealed interface UpstreamEvent {

  /// The provider has taken the request.
  ///
  /// @param id the provider's name for this answer
  /// @param model the model that answers, which may be a dated form of the one asked for
  record Started(@Nullable String id, @Nullable String model) implements UpstreamEvent {}

  /// The model is at work, but has said nothing for the user's eyes: it reasons, or opens a part.
  record Working() implements UpstreamEvent {}

  /// Something of the provider's own that says nothing about the answer: no sign of life.
  record Unknown() implements UpstreamEvent {}

  record TextDelta(String text) implements UpstreamEvent {}

  /// The model declines; the text says so.
  record RefusalDelta(String text) implements UpstreamEvent {}

  /// The answer is whole. Usage is null where the provider does not count.
  record Completed(@Nullable Usage usage) implements UpstreamEvent {}

  /// The answer was cut short.
  ///
  /// @param reason the provider's word for it, such as `max_output_tokens`
  record Incomplete(String reason, @Nullable Usage usage) implements UpstreamEvent {}

  /// Whether the answer has begun or ended: from here on the caller has something to see.
  default boolean meaningful() {
    return switch (this) {
      case Started _, Working _, Unknown _ -> false;
      case TextDelta _, RefusalDelta _, Completed _, Incomplete _ -> true;
    };
  }

  /// Whether nothing comes after this event.
  default boolean last() {
    return switch (this) {
      case Started _, Working _, Unknown _, TextDelta _, RefusalDelta _ -> false;
      case Completed _, Incomplete _ -> true;
    };
  }
}

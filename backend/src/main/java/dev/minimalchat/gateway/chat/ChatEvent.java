package dev.minimalchat.gateway.chat;

import dev.minimalchat.gateway.errors.ErrorBody;
import dev.minimalchat.gateway.upstream.Usage;
import org.jspecify.annotations.Nullable;

/// What the browser is told while it waits: the Responses API's own events, cut down to what a chat
/// needs. How they look on the wire is [EventWriter]'s business.
sealed interface ChatEvent {

  /// The `event:` line and the JSON's `type`.
  String type();

  /// The answer has a name; nothing is said yet.
  ///
  /// @param id the provider's name for the answer, where it gives one
  /// @param model the model that answers, where it is known
  record Created(@Nullable String id, @Nullable String model) implements ChatEvent {
    @Override
    public String type() {
      return "response.created";
    }
  }

  record Delta(String text) implements ChatEvent {
    @Override
    public String type() {
      return "response.output_text.delta";
    }
  }

  record Refusal(String text) implements ChatEvent {
    @Override
    public String type() {
      return "response.refusal.delta";
    }
  }

  record Completed(@Nullable Usage usage) implements ChatEvent {
    @Override
    public String type() {
      return "response.completed";
    }
  }

  record Incomplete(String reason, @Nullable Usage usage) implements ChatEvent {
    @Override
    public String type() {
      return "response.incomplete";
    }
  }

  record Failed(ErrorBody error) implements ChatEvent {
    @Override
    public String type() {
      return "error";
    }
  }
}

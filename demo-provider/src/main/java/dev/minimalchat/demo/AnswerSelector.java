package dev.minimalchat.demo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Selects the answer to a request: a drill if the message asks for one, else the text of a topic,
/// else a sentence that quotes the message. Equal requests get equal answers.
final class AnswerSelector {
  private final @Nullable Drill everyRequest;

  /// @param everyRequest the drill that answers every request, or null to select by message
  AnswerSelector(@Nullable Drill everyRequest) {
    this.everyRequest = everyRequest;
  }

  Answer select(DemoRequest request) {
    if (everyRequest != null) {
      return everyRequest.answer();
    }
    String message = request.lastMessage();
    Optional<Answer> drill = Drill.answering(message);
    return drill.orElseGet(() ->
        Answer.Streamed.text(Topic.of(request).map(Topic::text).orElseGet(() -> quoting(message))));
  }

  private static String quoting(String message) {
    return Resources.read("fallback.md").replace("{message}", MarkdownQuote.of(message));
  }
}

package dev.minimalchat.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Selects the answer to a request: a drill if the message asks for one, else the text of a topic,
/// a description of what is attached, else a sentence that quotes the message. Equal requests get
/// equal answers.
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
    return Drill.answering(request.lastMessage()).orElseGet(() -> answer(request));
  }

  private static Answer answer(DemoRequest request) {
    Optional<Topic> topic = request.attachments().isEmpty() ? Topic.of(request) : Optional.empty();
    String text = topic.map(Topic::text).orElseGet(() -> textFor(request));
    List<Step> steps = new ArrayList<>();
    steps.add(Step.thinkingPause());
    if (request.wantsSummary() && topic.filter(Topic::isThoughtAbout).isPresent()) {
      steps.add(Step.reasoning(Resources.read("reasoning.md")));
    }
    if (request.wantsSearch()) {
      steps.addAll(SearchSteps.about(request.lastMessage()));
    }
    steps.add(Step.text(request.isBrief() ? firstParagraph(text) : text));
    if (request.wantsSearch()) {
      steps.addAll(SearchSteps.sources());
    }
    steps.add(new Step.Completed());
    return new Answer.Streamed(steps);
  }

  private static String firstParagraph(String text) {
    return text.split("\n\n", 2)[0];
  }

  private static String textFor(DemoRequest request) {
    if (request.attachments().isEmpty()) {
      return quoting(request.lastMessage());
    }
    int earlier = request.earlierAttachments();
    return Resources.read("attached.md")
        .replace("{attachments}", Attachment.describe(request.attachments()))
        .replace("{earlier}", earlier == 0 ? "" : " With earlier messages came " + earlier + ".");
  }

  private static String quoting(String message) {
    return Resources.read("fallback.md").replace("{message}", MarkdownQuote.of(message));
  }
}

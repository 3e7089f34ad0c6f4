package dev.minimalchat.gateway.upstream.demo;

import java.util.Optional;

/// Chooses the answer to a question: a drill if one is asked for, else a text on the topic, else
/// conversation. The same question always has the same answer.
final class Repertoire {
  private final Eliza eliza = new Eliza(Script.parse(Texts.read("eliza.txt")));

  Answer answer(Question question) {
    Optional<Answer> drill = Drill.answering(question.last());
    if (drill.isPresent()) {
      return drill.get();
    }
    String text =
        Topic.of(question).map(Topic::text).orElseGet(() -> eliza.answer(question.said()));
    return Answer.Streamed.saying(text);
  }
}

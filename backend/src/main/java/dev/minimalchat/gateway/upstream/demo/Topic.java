package dev.minimalchat.gateway.upstream.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the demo can speak about at length, in the order in which a question is tried on them.
enum Topic {
  HELLO("\\bsay (hello|hi)\\b"),
  TABLE("\\btables?\\b"),
  SHOWCASE("\\b(render|markdown|formatting|showcase)\\b"),
  JOURNEY("\\bhow (a|does a|does my) (question|message) travels?\\b|\\bhow does (this|it) work\\b"),
  ELIZA("\\b(essay|story|article|eliza)\\b|\\blong (answer|text|reply)\\b"),
  PYTHON(code("python")),
  JAVASCRIPT(code("javascript|js|typescript")),
  JAVA(code("code|function|method|class|script|program|algorithm|java")),
  INTRODUCTION(
      "^(please )?help\\b|\\bwhat('s| is| are) (this|you)\\b|\\bwho are you\\b"
          + "|\\bwhat can (you|i) (do|try|ask)\\b|\\bhow (do|can) i (start|begin|use)\\b"),
  GREETING(
      "^(hi|hello|hey|howdy|greetings|good (morning|afternoon|evening|day))( (there|you))?\\W*$");

  /// A topic is named early or not at all; a pasted book is not searched.
  private static final int SEARCHED_CHARS = 200;

  private final Pattern pattern;

  Topic(String regex) {
    pattern = Pattern.compile(regex);
  }

  static Optional<Topic> of(Question question) {
    String text = question.last().strip().toLowerCase(Locale.ROOT);
    String start = text.substring(0, Math.min(text.length(), SEARCHED_CHARS));
    return Arrays.stream(values())
        .filter(topic -> topic != GREETING || question.first())
        .filter(topic -> topic.pattern.matcher(start).find())
        .findFirst();
  }

  String text() {
    Topic source = this == GREETING ? INTRODUCTION : this;
    return Texts.read(source.name().toLowerCase(Locale.ROOT) + ".md");
  }

  private static String code(String what) {
    return "\\b(write|show|give|make|implement|need|want|example)\\b.*\\b(" + what + ")\\b";
  }
}

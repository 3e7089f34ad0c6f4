package dev.minimalchat.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The subjects that have a written answer. The first one that matches a message is taken.
enum Topic {
  HELLO("\\bsay (hello|hi)\\b"),
  TEA_AND_COFFEE("\\btea\\b.*\\bcoffee\\b|\\bcoffee\\b.*\\btea\\b"),
  HAIKU("\\bhaikus?\\b"),
  TABLE("\\btables?\\b"),
  SHOWCASE("\\b(render|markdown|formatting|showcase)\\b"),
  JOURNEY(
      "\\bhow (a|does a|does my) (question|message) travels?\\b|\\bhow does (this|it) work\\b"
          + "|\\b(essay|story|article)\\b|\\blong (answer|text|reply)\\b"),
  PYTHON(code("python")),
  JAVASCRIPT(code("javascript|js|typescript")),
  JAVA(code("code|function|method|class|script|program|algorithm|java")),
  INTRODUCTION(
      "^(please )?help\\b|\\bwhat('s| is| are) (this|you)\\b|\\bwho are you\\b"
          + "|\\bwhat can (you|i) (do|try|ask)\\b|\\bhow (do|can) i (start|begin|use)\\b"),
  GREETING(
      "^(hi|hello|hey|howdy|greetings|good (morning|afternoon|evening|day))( (there|you))?\\W*$");

  /// Only the start of a message is searched: pasted text further down is not about a topic.
  private static final int SEARCHED_CHARS = 200;

  private final Pattern pattern;

  Topic(String regex) {
    pattern = Pattern.compile(regex);
  }

  static Optional<Topic> of(DemoRequest request) {
    String text = request.lastMessage().strip().toLowerCase(Locale.ROOT);
    String start = text.substring(0, Math.min(text.length(), SEARCHED_CHARS));
    return Arrays.stream(values())
        .filter(topic -> topic != GREETING || request.isFirst())
        .filter(topic -> topic.pattern.matcher(start).find())
        .findFirst();
  }

  /// Whether a summary of the reasoning comes first, if it is asked for.
  boolean isThoughtAbout() {
    return this == TEA_AND_COFFEE || this == JOURNEY;
  }

  String text() {
    Topic source = this == GREETING ? INTRODUCTION : this;
    return Resources.read(source.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".md");
  }

  private static String code(String subject) {
    return "\\b(write|show|give|make|implement|need|want|example)\\b.*\\b(" + subject + ")\\b";
  }
}

package dev.minimalchat.demo;

import java.util.stream.Collectors;

/// Turns a user's message into Markdown that renders as the same plain characters.
final class MarkdownQuote {
  private static final int MAX_CODE_POINTS = 300;

  private MarkdownQuote() {}

  /// Escapes all ASCII punctuation, which is what Markdown gives a meaning to, keeps line breaks
  /// and shortens long messages. Indentation is lost.
  static String of(String message) {
    return shorten(message.strip())
        .lines()
        .map(line -> line.strip().replaceAll("\\p{Punct}", "\\\\$0"))
        .collect(Collectors.joining("\\\n"));
  }

  private static String shorten(String text) {
    if (text.codePointCount(0, text.length()) <= MAX_CODE_POINTS) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, MAX_CODE_POINTS)) + "…";
  }
}

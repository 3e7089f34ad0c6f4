package dev.minimalchat.demo;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns a user's message into Markdown that renders as the same plain characters.
final class MarkdownQuote {
  private static final int MAX_CODE_POINTS = 300;

  /// A bracket, which after a backslash would begin a formula; the characters that begin a citation
  /// mark; a space that Markdown or HTML would remove.
  private static final Pattern REFERENCED =
      Pattern.compile("[\\[【\\x{E200}-\\x{E2FF}]|(?<=^|\\s)\\s");

  /// ASCII punctuation, which is what Markdown gives a meaning to, but for an opening parenthesis,
  /// which has none without a bracket, and after a backslash would begin a formula.
  private static final Pattern ESCAPED = Pattern.compile("(?!\\()\\p{Punct}");

  private MarkdownQuote() {}

  /// Escapes markup, keeps line breaks and spaces, and shortens long messages.
  static String of(String message) {
    return shorten(message.strip())
        .lines()
        .map(line -> escape(line.stripTrailing()))
        .collect(Collectors.joining("\\\n"));
  }

  private static String escape(String line) {
    var escaped = new StringBuilder();
    int end = 0;
    var references = REFERENCED.matcher(line);
    while (references.find()) {
      escaped.append(escapePunctuation(line.substring(end, references.start())));
      escaped.append(reference(references.group().codePointAt(0)));
      end = references.end();
    }
    return escaped.append(escapePunctuation(line.substring(end))).toString();
  }

  private static String escapePunctuation(String text) {
    return ESCAPED.matcher(text).replaceAll("\\\\$0");
  }

  private static String reference(int character) {
    return Character.isWhitespace(character) ? "&nbsp;" : "&#" + character + ";";
  }

  private static String shorten(String text) {
    if (text.codePointCount(0, text.length()) <= MAX_CODE_POINTS) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, MAX_CODE_POINTS)) + "…";
  }
}

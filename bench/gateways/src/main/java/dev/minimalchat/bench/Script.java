package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the provider is asked to say: so many deltas, a pause between them, under a number that
/// comes back in every one, and how that ends. It travels as the user's message, which every
/// gateway passes on.
///
/// @param pause milliseconds between two deltas; without one they follow each other at once
record Script(int deltas, int pause, int number, End end) {
  static final Script NONE = new Script(0, 0, 0, End.WHOLE);

  private static final Pattern WRITTEN = Pattern.compile("bench/(\\d+)/(\\d+)/(\\d+)/([A-Z_]+)");

  static Script in(byte[] request, int length) {
    Matcher matcher = WRITTEN.matcher(new String(request, 0, length, ISO_8859_1));
    if (!matcher.find()) {
      throw new IllegalArgumentException("a request without a script");
    }
    return new Script(
        number(matcher, 1), number(matcher, 2), number(matcher, 3), End.valueOf(matcher.group(4)));
  }

  /// Whether the provider has more to say after so many deltas.
  boolean goesOnAfter(int said) {
    return said < deltas || end == End.BROWSER_LEAVES;
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  @Override
  public String toString() {
    return "bench/%d/%d/%d/%s".formatted(deltas, pause, number, end);
  }

  /// What happens after the last of the deltas. A provider whose browser leaves would go on for
  /// ever.
  enum End {
    WHOLE,
    BROWSER_LEAVES,
    PROVIDER_LEAVES
  }
}

package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the provider is asked to say: so many deltas, a pause between them, under a number that
/// comes back in every one. It travels as the user's message, which every gateway passes on.
///
/// @param pause milliseconds between two deltas; without one they follow each other at once
record Script(int deltas, int pause, int number) {
  private static final Pattern WRITTEN = Pattern.compile("bench/(\\d+)/(\\d+)/(\\d+)");

  static Script in(byte[] request, int length) {
    Matcher matcher = WRITTEN.matcher(new String(request, 0, length, ISO_8859_1));
    if (!matcher.find()) {
      throw new IllegalArgumentException("a request without a script");
    }
    return new Script(number(matcher, 1), number(matcher, 2), number(matcher, 3));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  @Override
  public String toString() {
    return "bench/%d/%d/%d".formatted(deltas, pause, number);
  }
}

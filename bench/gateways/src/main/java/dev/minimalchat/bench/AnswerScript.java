package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the provider sends for one request. It is encoded in the user's message, because every
/// gateway relays that.
///
/// @param delayMillis between two deltas; 0 sends them without delay
/// @param stream a number that every delta of the answer contains
record AnswerScript(int deltas, int delayMillis, int stream, Ending ending) {
  static final AnswerScript NONE = new AnswerScript(0, 0, 0, Ending.COMPLETE);

  private static final Pattern ENCODED = Pattern.compile("bench/(\\d+)/(\\d+)/(\\d+)/([A-Z_]+)");

  static AnswerScript parse(byte[] request, int length) {
    Matcher matcher = ENCODED.matcher(new String(request, 0, length, ISO_8859_1));
    if (!matcher.find()) {
      throw new IllegalArgumentException("a request without a script");
    }
    return new AnswerScript(
        number(matcher, 1),
        number(matcher, 2),
        number(matcher, 3),
        Ending.valueOf(matcher.group(4)));
  }

  /// Whether the provider sends more after this number of deltas.
  boolean hasMoreAfter(int sent) {
    return sent < deltas || ending == Ending.CLIENT_DISCONNECT;
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  @Override
  public String toString() {
    return "bench/%d/%d/%d/%s".formatted(deltas, delayMillis, stream, ending);
  }

  /// What happens after the last delta.
  enum Ending {
    COMPLETE,
    /// The browser disconnects; the provider would send deltas without end.
    CLIENT_DISCONNECT,
    PROVIDER_DISCONNECT
  }
}

package dev.minimalchat.gateway.upstream;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes short texts of a provider or of a web page fit for display: without control characters,
/// and without those that change the direction of what stands around them.
public final class DisplayText {
  private static final int MAX_URL_CHARS = 2048;

  /// Scheme and host; a user name before the host would make it look like another one.
  private static final Pattern HTTP = Pattern.compile("(?i)https?://[^/?#@\\\\]+([/?#].*)?");

  private DisplayText() {}

  /// One line of at most this length, in UTF-16 code units; null if nothing is visible.
  public static @Nullable String of(String text, int maxChars) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), maxChars));
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (line.length() + Character.charCount(c) > maxChars) {
        break;
      }
      append(line, c);
    }
    String visible = line.toString().strip();
    return visible.isEmpty() ? null : visible;
  }

  /// The address of a web page; null if it is none.
  public static @Nullable String httpUrl(String url) {
    boolean isAddress =
        url.length() <= MAX_URL_CHARS
            && HTTP.matcher(url).matches()
            && url.codePoints().allMatch(DisplayText::isVisible);
    return isAddress ? url : null;
  }

  private static void append(StringBuilder line, int c) {
    if (isVisible(c) || isJoiner(c)) {
      line.appendCodePoint(c);
    } else if (isSpace(c) && !line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
      line.append(' ');
    }
  }

  /// Parts of words in some scripts, and of emoji.
  private static boolean isJoiner(int c) {
    return c == 0x200C || c == 0x200D;
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
      default -> !isSpace(c);
    };
  }
}

package dev.minimalchat.gateway.access;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The secret token of a program.
///
/// @param name for logs and metrics
public record ApiToken(String name, String secret) {
  /// As long as a random token of 120 bits in base64.
  public static final int MIN_CHARS = 20;

  private static final Pattern NAMED = Pattern.compile("([a-z0-9-]{1,32}):(.*)");
  private static final String DEFAULT_NAME = "default";

  /// Parses a comma-separated list of entries.
  public static List<ApiToken> parseAll(String entries) {
    return Arrays.stream(entries.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .map(ApiToken::parse)
        .toList();
  }

  /// @param entry `name:secret`, or the secret alone, which then has no colon
  private static ApiToken parse(String entry) {
    Matcher named = NAMED.matcher(entry);
    return named.matches()
        ? new ApiToken(named.group(1), named.group(2))
        : new ApiToken(DEFAULT_NAME, entry);
  }

  /// Whether it could be guessed.
  public boolean isShort() {
    return secret.length() < MIN_CHARS;
  }

  /// Whether the text before the first colon is no name.
  boolean hasInvalidName() {
    return name.equals(DEFAULT_NAME) && secret.indexOf(':') >= 0;
  }

  @Override
  public String toString() {
    return "ApiToken[" + name + "]";
  }
}

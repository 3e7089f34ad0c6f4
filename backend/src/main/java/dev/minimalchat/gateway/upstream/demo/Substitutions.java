package dev.minimalchat.gateway.upstream.demo;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words and phrases to be replaced by others, all at once, so that none is replaced twice. The
/// longest phrase wins; case does not matter.
final class Substitutions {
  private final Map<String, String> replacements;
  private final Pattern pattern;

  /// @param replacements by phrases in lower case
  Substitutions(Map<String, String> replacements) {
    this.replacements = Map.copyOf(replacements);
    String phrases =
        replacements.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    pattern =
        Pattern.compile("(?<![\\p{L}'])(?:" + phrases + ")(?![\\p{L}'])", Pattern.CASE_INSENSITIVE);
  }

  String in(String text) {
    return pattern
        .matcher(text)
        .replaceAll(found -> replacements.getOrDefault(found.group().toLowerCase(Locale.ROOT), ""));
  }
}

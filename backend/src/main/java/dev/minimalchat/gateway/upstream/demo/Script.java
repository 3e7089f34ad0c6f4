package dev.minimalchat.gateway.upstream.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What ELIZA knows. It is written in `demo/eliza.txt`, which explains its own form.
///
/// @param expansions what contractions stand for
/// @param reflections how the user's words sound from the other side
/// @param keys by each of the words that name them
record Script(Substitutions expansions, Substitutions reflections, Map<String, Key> keys) {

  /// The name of the key for messages that have none.
  static final String NONE = "(none)";

  /// @param rank of all keys in a message, that of the highest rank decides
  record Key(int rank, List<Rule> rules) {}

  /// @param replies in turn; `(1)` stands for the pattern's first group
  /// @param memories in turn, to be said later, when a message has no key
  record Rule(Pattern pattern, List<String> replies, List<String> memories) {}

  static Script parse(String text) {
    Map<String, String> expansions = new HashMap<>();
    Map<String, String> reflections = new HashMap<>();
    Map<String, Key> keys = new HashMap<>();
    String names = "";
    Key key = new Key(0, new ArrayList<>());
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      String rest = line.substring(1).strip();
      switch (line.charAt(0)) {
        case '#' -> {}
        case '=' -> put(expansions, rest);
        case '~' -> put(reflections, rest);
        case '@' -> {
          String[] rankAndNames = rest.split(" ", 2);
          names = rankAndNames[1].replace(' ', '|');
          key = new Key(Integer.parseInt(rankAndNames[0]), new ArrayList<>());
          for (String name : rankAndNames[1].split(" ", -1)) {
            keys.put(name, key);
          }
        }
        case '?' -> key.rules().add(rule(rest, names));
        case '-' -> key.rules().getLast().replies().add(rest);
        case '+' -> key.rules().getLast().memories().add(rest);
        default -> throw new IllegalArgumentException("no such line in a script: " + line);
      }
    }
    return new Script(new Substitutions(expansions), new Substitutions(reflections), keys);
  }

  private static void put(Map<String, String> words, String line) {
    String[] pair = line.split(" : ", 2);
    words.put(pair[0], pair[1]);
  }

  /// Words match words; `*` any number of them, `+` at least one, `{}` the key's own names.
  private static Rule rule(String line, String names) {
    StringBuilder regex = new StringBuilder();
    for (String token : line.split(" ", -1)) {
      regex.append(
          switch (token) {
            case "*" -> "((?: .*)?)";
            case "+" -> "( .+)";
            case "{}" -> " (" + names + ")(?= )";
            default -> " " + token + "(?= )";
          });
    }
    Pattern pattern = Pattern.compile(regex + " ", Pattern.CASE_INSENSITIVE);
    return new Rule(pattern, new ArrayList<>(), new ArrayList<>());
  }
}

package dev.minimalchat.gateway.upstream.demo;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keeps up a conversation in the manner of Weizenbaum's program of 1966, by a script and without
/// understanding. It is the same listener for every conversation: what it remembers of one, it
/// gathers anew from what was said.
final class Eliza {
  private static final Pattern BETWEEN_CLAUSES =
      Pattern.compile("[.!?;:,]+(?=\\s|$)|[\\n()\"]|\\bbut\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}'.+#/-]+");
  private static final Pattern GROUP = Pattern.compile("\\((\\d)\\)");

  /// Enough of a message to answer it, and a bound on the work a pasted book makes.
  private static final int HEARD_CHARS = 600;

  private final Script script;

  Eliza(Script script) {
    this.script = script;
  }

  /// @param said by the user, in order; the last is to be answered
  String answer(List<String> said) {
    Listener listener = new Listener();
    said.subList(0, said.size() - 1).forEach(listener::hear);
    return listener.hear(said.getLast());
  }

  /// Clauses without punctuation, with a space before and after every word.
  private List<String> clauses(String message) {
    String heard = message.substring(0, Math.min(message.length(), HEARD_CHARS));
    String plain = script.expansions().in(heard.replace('’', '\''));
    return BETWEEN_CLAUSES
        .splitAsStream(plain)
        .map(clause -> BETWEEN_WORDS.matcher(" " + clause + " ").replaceAll(" "))
        .toList();
  }

  private List<Script.Key> keys(String clause) {
    return Stream.of(clause.strip().toLowerCase(Locale.ROOT).split(" ", -1))
        .map(script.keys()::get)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingInt(Script.Key::rank).reversed())
        .toList();
  }

  private int rank(String clause) {
    return keys(clause).stream().mapToInt(Script.Key::rank).findFirst().orElse(-1);
  }

  private String reflect(String fragment) {
    String reflected = script.reflections().in(fragment.strip());
    // "I" is an object where it comes last: "you trust I".
    return reflected.endsWith(" I") ? reflected.replaceFirst("I$", "me") : reflected;
  }

  /// The ear for one conversation: how often it has used what, and what it has kept for later.
  private final class Listener {
    private final Map<List<String>, Integer> used = new HashMap<>();
    private final Deque<String> memory = new ArrayDeque<>();

    String hear(String message) {
      String clause = clauses(message).stream().reduce("", (a, b) -> rank(b) > rank(a) ? b : a);
      for (Script.Key key : keys(clause)) {
        for (Script.Rule rule : key.rules()) {
          Matcher matcher = rule.pattern().matcher(clause);
          if (matcher.matches()) {
            return reply(rule, matcher);
          }
        }
      }
      return memory.isEmpty() ? next(none().replies()) : memory.removeFirst();
    }

    private String reply(Script.Rule rule, Matcher matcher) {
      if (!rule.memories().isEmpty()) {
        memory.add(filled(next(rule.memories()), matcher));
      }
      return filled(next(rule.replies()), matcher);
    }

    private String next(List<String> variants) {
      return variants.get((used.merge(variants, 1, Integer::sum) - 1) % variants.size());
    }

    private Script.Rule none() {
      return Objects.requireNonNull(script.keys().get(Script.NONE)).rules().getFirst();
    }

    private String filled(String reply, Matcher words) {
      String text =
          GROUP
              .matcher(reply)
              .replaceAll(group ->
                  Matcher.quoteReplacement(reflect(words.group(Integer.parseInt(group.group(1))))));
      return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
  }
}

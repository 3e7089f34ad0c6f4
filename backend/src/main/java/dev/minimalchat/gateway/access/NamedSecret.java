package dev.minimalchat.gateway.access;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A secret of a list in a variable, such as the token of a program.
///
/// @param name for logs and metrics
public record NamedSecret(String name, String secret) {
  private static final Pattern NAMED = Pattern.compile("([a-z0-9-]{1,32}):(.*)");
  private static final String DEFAULT_NAME = "default";

  /// Visible ASCII, which a header transports unchanged. A colon ends a name.
  private static final Pattern SECRET = Pattern.compile("[!-~]+");

  /// Each name is a value of a metric's tag.
  private static final int MAX_SECRETS = 100;

  /// Parses a comma-separated list of entries.
  public static List<NamedSecret> parseAll(String entries) {
    return Arrays.stream(entries.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .map(NamedSecret::parse)
        .toList();
  }

  /// @param entry `name:secret`, or the secret alone, which then has no colon
  private static NamedSecret parse(String entry) {
    Matcher named = NAMED.matcher(entry);
    return named.matches()
        ? new NamedSecret(named.group(1), named.group(2))
        : new NamedSecret(DEFAULT_NAME, entry);
  }

  /// Throws if these are no secrets that a header can transport, or two of them are the same.
  ///
  /// @param variable that has them
  /// @param noun for one of them, such as `token`
  static void check(List<NamedSecret> secrets, String variable, String noun) {
    Problems problems = new Problems();
    problems.addIf(
        secrets.size() > MAX_SECRETS,
        "%s has more than %d %ss".formatted(variable, MAX_SECRETS, noun));
    problems.addIf(
        secrets.stream().anyMatch(NamedSecret::hasInvalidName),
        variable + " has a name that is not 1 to 32 of a-z, 0-9 and -");
    problems.addIf(
        !secrets.stream().allMatch(each -> SECRET.matcher(each.secret).matches()),
        "%s holds an empty %s, a space or a character that no %2$s can have"
            .formatted(variable, noun));
    problems.addIf(
        hasDuplicate(secrets, NamedSecret::name),
        "%s has two %ss of the same name".formatted(variable, noun));
    problems.addIf(
        hasDuplicate(secrets, NamedSecret::secret),
        "%s has the same %s twice".formatted(variable, noun));
    problems.throwIfAny();
  }

  private static boolean hasDuplicate(
      List<NamedSecret> secrets, Function<NamedSecret, String> field) {
    return secrets.stream().map(field).distinct().count() < secrets.size();
  }

  public boolean isShorterThan(int characters) {
    return secret.length() < characters;
  }

  /// Whether the text before the first colon is no name.
  private boolean hasInvalidName() {
    return name.equals(DEFAULT_NAME) && secret.indexOf(':') >= 0;
  }

  @Override
  public String toString() {
    return "NamedSecret[" + name + "]";
  }
}

package dev.minimalchat.gateway.validate;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What the operator asks for.
///
/// @param token the client token; the page's own where none is given
/// @param previous the token of before, during a rotation
/// @param preview an origin that the gateway's pattern should let in
record Options(
    URI gateway,
    URI page,
    @Nullable String token,
    @Nullable String previous,
    @Nullable String preview,
    boolean json,
    @Nullable Path evidence,
    @Nullable Path csv) {

  static final String USAGE =
      """
      Proves a deployed gateway and its page from outside.

      java -jar gateway.jar validate --gateway URL --page URL [options]

        --gateway URL          where the gateway is, such as https://api.example.com
        --page URL             where the page is, such as https://www.example.com
        --token TOKEN          the client token (otherwise: the one the page has)
        --previous-token TOKEN during a rotation, the token of before
        --preview ORIGIN       a preview's origin, which should be let in
        --json                 prints JSON instead of a table
        --evidence FILE        writes what was seen as Markdown
        --csv FILE             writes the times of the ten prompts as CSV

      Asks about a dozen short questions of the model. Ends with 0 if every check passed, with 1 if
      one failed, with 2 if it could not begin.
      """;

  /// @throws IllegalArgumentException saying what is wrong
  static Options parse(List<String> arguments) {
    Queue<String> rest = new ArrayDeque<>(arguments);
    URI gateway = null;
    URI page = null;
    String token = null;
    String previous = null;
    String preview = null;
    boolean json = false;
    Path evidence = null;
    Path csv = null;
    while (!rest.isEmpty()) {
      String option = rest.remove();
      switch (option) {
        case "--gateway" -> gateway = address(option, rest);
        case "--page" -> page = address(option, rest);
        case "--token" -> token = value(option, rest);
        case "--previous-token" -> previous = value(option, rest);
        case "--preview" -> preview = Pair.origin(address(option, rest));
        case "--json" -> json = true;
        case "--evidence" -> evidence = Path.of(value(option, rest));
        case "--csv" -> csv = Path.of(value(option, rest));
        default -> throw new IllegalArgumentException("no option is called " + option);
      }
    }
    if (gateway == null || page == null) {
      throw new IllegalArgumentException("--gateway and --page are needed");
    }
    return new Options(gateway, page, token, previous, preview, json, evidence, csv);
  }

  private static String value(String option, Queue<String> rest) {
    String value = rest.poll();
    if (value == null || value.startsWith("--")) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }

  private static URI address(String option, Queue<String> rest) {
    String value = value(option, rest);
    if (!value.matches("https?://[^/?#@]+/?")) {
      throw new IllegalArgumentException(option + " needs an address, such as https://example.com");
    }
    return URI.create(value.replaceAll("/$", ""));
  }
}

package dev.minimalchat.gateway.validate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.validate.Check.Outcome;
import dev.minimalchat.gateway.validate.Check.Result;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What was seen, as people and programs want it.
record Report(Pair pair, Instant at, List<Result> results) {

  boolean good() {
    return count(Outcome.FAILED) == 0;
  }

  String table() {
    int width = results.stream().mapToInt(it -> it.check().length()).max().orElse(0);
    return results.stream()
            .map(it -> "%-8s%-" + (width + 2) + "s%s")
            .findFirst()
            .map(format ->
                results.stream()
                    .map(it -> format.formatted(word(it.outcome()), it.check(), it.detail()))
                    .collect(Collectors.joining("\n")))
            .orElse("")
        + "\n\n"
        + summary();
  }

  String json() {
    return new JsonMapper()
        .valueToTree(
            Map.of(
                "gateway", Pair.origin(pair.gateway),
                "page", pair.pageOrigin(),
                "at", at.toString(),
                "passed", good(),
                "checks",
                    results.stream()
                        .map(it ->
                            Map.of(
                                "check", it.check(),
                                "outcome", word(it.outcome()),
                                "detail", it.detail(),
                                "milliseconds", it.milliseconds()))
                        .toList()))
        .toPrettyString();
  }

  String markdown() {
    return """
    ## Evidence of %s

    Gateway %s, page %s: %s.

    | check | outcome | what was seen |
    |---|---|---|
    %s
    """
        .formatted(
            at,
            Pair.origin(pair.gateway),
            pair.pageOrigin(),
            summary(),
            results.stream()
                .map(it ->
                    "| %s | %s | %s |"
                        .formatted(it.check(), word(it.outcome()), it.detail().replace("|", "\\|")))
                .collect(Collectors.joining("\n")));
  }

  /// The times of the prompts, a line each.
  static String csv(List<Answer> answers) {
    StringBuilder csv = new StringBuilder("prompt,first_text_ms,total_ms,pieces\n");
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      csv.append(i + 1)
          .append(',')
          .append(answer.firstText())
          .append(',')
          .append(answer.total())
          .append(',')
          .append(answer.texts().size())
          .append('\n');
    }
    return csv.toString();
  }

  private String summary() {
    return "%d passed, %d failed, %d skipped"
        .formatted(count(Outcome.PASSED), count(Outcome.FAILED), count(Outcome.SKIPPED));
  }

  private long count(Outcome outcome) {
    return results.stream().filter(it -> it.outcome() == outcome).count();
  }

  static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}

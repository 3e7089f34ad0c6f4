package dev.minimalchat.validate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.validate.Check.Outcome;
import dev.minimalchat.validate.Check.Result;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The results as a table, JSON, Markdown and CSV.
record Report(Deployment deployment, Instant at, List<Result> results) {

  boolean passed() {
    return count(Outcome.FAILED) == 0;
  }

  String table() {
    int width = results.stream().mapToInt(it -> it.check().length()).max().orElse(0);
    String row = "%-8s%-" + (width + 2) + "s%s";
    return results.stream()
            .map(it -> row.formatted(word(it.outcome()), it.check(), it.detail()))
            .collect(Collectors.joining("\n"))
        + "\n\n"
        + summary();
  }

  String json() {
    return new JsonMapper()
        .valueToTree(
            Map.of(
                "gateway", Deployment.origin(deployment.gateway),
                "page", deployment.pageOrigin(),
                "at", at.toString(),
                "passed", passed(),
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

    | check | outcome | detail |
    |---|---|---|
    %s
    """
        .formatted(
            at,
            Deployment.origin(deployment.gateway),
            deployment.pageOrigin(),
            summary(),
            results.stream()
                .map(it ->
                    "| %s | %s | %s |"
                        .formatted(it.check(), word(it.outcome()), it.detail().replace("|", "\\|")))
                .collect(Collectors.joining("\n")));
  }

  /// One line for each prompt.
  static String csv(List<StreamedAnswer> answers) {
    StringBuilder csv = new StringBuilder("prompt,first_text_ms,total_ms,pieces\n");
    for (int i = 0; i < answers.size(); i++) {
      StreamedAnswer answer = answers.get(i);
      csv.append(i + 1)
          .append(',')
          .append(answer.firstText())
          .append(',')
          .append(answer.total())
          .append(',')
          .append(answer.deltas().size())
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

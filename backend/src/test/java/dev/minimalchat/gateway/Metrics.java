package dev.minimalchat.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a gateway measures, as Prometheus reads it, and which queries would find something there.
final class Metrics {
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /// A range, or labels that something is grouped by: words in there are no metrics.
  private static final Pattern ASIDE = Pattern.compile("\\[[^]]*]|\\bby \\([^)]*\\)");

  /// Our metrics have an underscore in their names; so have some functions, which have arguments.
  private static final Pattern SELECTOR =
      Pattern.compile("\\b([a-z0-9]+(?:_[a-z0-9]+)+)\\b(?!\\()(?:\\{([^}]*)})?");

  private static final Pattern CONDITION = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");

  private final List<Series> series;

  /// @param exposition in the text format of Prometheus
  Metrics(String exposition) {
    series = SAMPLE.matcher(exposition).results().map(Series::of).toList();
  }

  /// The parts of a PromQL query that find nothing: a metric, with its conditions.
  List<String> unknown(String query) {
    List<String> unknown = new ArrayList<>();
    Matcher selector = SELECTOR.matcher(ASIDE.matcher(query).replaceAll(""));
    while (selector.find()) {
      String metric = selector.group(1);
      String conditions = selector.group(2) == null ? "" : selector.group(2);
      if (series.stream().noneMatch(one -> one.name.equals(metric) && one.meets(conditions))) {
        unknown.add(selector.group());
      }
    }
    return unknown;
  }

  private record Series(String name, Map<String, String> labels) {
    static Series of(MatchResult sample) {
      Map<String, String> labels = new HashMap<>();
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      return new Series(sample.group(1), labels);
    }

    boolean meets(String conditions) {
      return CONDITION
          .matcher(conditions)
          .results()
          .allMatch(condition -> meets(condition.group(1), condition.group(2), condition.group(3)));
    }

    private boolean meets(String label, String operator, String value) {
      String actual = labels.getOrDefault(label, "");
      return operator.equals("=") ? actual.equals(value) : actual.matches(value);
    }
  }
}

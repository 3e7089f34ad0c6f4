package dev.minimalchat.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The metrics of a gateway in the Prometheus text format, and which PromQL selectors match them.
final class PrometheusMetrics {
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /// A range or a grouping clause; it contains no metric names.
  private static final Pattern RANGE_OR_GROUPING = Pattern.compile("\\[[^]]*]|\\bby \\([^)]*\\)");

  /// Our metric names contain an underscore. Function names do as well, but an argument list
  /// follows.
  private static final Pattern SELECTOR =
      Pattern.compile("\\b([a-z0-9]+(?:_[a-z0-9]+)+)\\b(?!\\()(?:\\{([^}]*)})?");

  private static final Pattern CONDITION = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");

  private final List<Series> series;

  /// @param exposition in the text format of Prometheus
  PrometheusMetrics(String exposition) {
    series = SAMPLE.matcher(exposition).results().map(Series::of).toList();
  }

  /// The selectors of a PromQL query that match no series.
  List<String> unmatched(String query) {
    List<String> unmatched = new ArrayList<>();
    Matcher selector = SELECTOR.matcher(RANGE_OR_GROUPING.matcher(query).replaceAll(""));
    while (selector.find()) {
      String metric = selector.group(1);
      String conditions = selector.group(2) == null ? "" : selector.group(2);
      if (series.stream().noneMatch(one -> one.name.equals(metric) && one.matches(conditions))) {
        unmatched.add(selector.group());
      }
    }
    return unmatched;
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

    boolean matches(String conditions) {
      return CONDITION
          .matcher(conditions)
          .results()
          .allMatch(
              condition -> matches(condition.group(1), condition.group(2), condition.group(3)));
    }

    private boolean matches(String label, String operator, String value) {
      String actual = labels.getOrDefault(label, "");
      return operator.equals("=") ? actual.equals(value) : actual.matches(value);
    }
  }
}

package dev.minimalchat.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints the medians of the samples as a Markdown table.
final class MarkdownTable {
  private final List<String> columns;

  MarkdownTable(List<String> columns) {
    this.columns = columns;
    System.out.println("| | " + String.join(" | ", columns) + " |");
    System.out.println("|---|" + "---:|".repeat(columns.size()));
  }

  void print(Scenario scenario, Map<String, List<Sample>> samples) {
    System.out.println("| **" + scenario.title + "** |" + " |".repeat(columns.size()));
    for (Metric metric : scenario.metrics) {
      StringBuilder row = new StringBuilder("| " + metric.name());
      for (String column : columns) {
        row.append(" | ").append(number(median(metric, samples.get(column))));
      }
      System.out.println(row.append(" |"));
    }
  }

  private static double median(Metric metric, List<Sample> samples) {
    double[] sorted = samples.stream().mapToDouble(metric.value()).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String number(double value) {
    boolean whole = value >= 100 || value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%,.0f" : value < 10 ? "%.2f" : "%.1f", value);
  }
}

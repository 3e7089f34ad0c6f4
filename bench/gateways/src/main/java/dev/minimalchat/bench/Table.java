package dev.minimalchat.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Medians, as Markdown.
final class Table {
  private final List<String> columns;

  Table(List<String> columns) {
    this.columns = columns;
    System.out.println("| | " + String.join(" | ", columns) + " |");
    System.out.println("|---|" + "---:|".repeat(columns.size()));
  }

  void print(Scenario scenario, Map<String, List<Sample>> samples) {
    System.out.println("| **" + scenario.title + "** |" + " |".repeat(columns.size()));
    for (Figure figure : scenario.figures) {
      StringBuilder row = new StringBuilder("| " + figure.name());
      for (String column : columns) {
        row.append(" | ").append(number(median(figure, samples.get(column))));
      }
      System.out.println(row.append(" |"));
    }
  }

  private static double median(Figure figure, List<Sample> samples) {
    double[] sorted = samples.stream().mapToDouble(figure.of()).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String number(double value) {
    boolean whole = value >= 100 || value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%,.0f" : value < 10 ? "%.2f" : "%.1f", value);
  }
}

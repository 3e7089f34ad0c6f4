package dev.minimalchat.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// The measurements of one load. Times are recorded in nanoseconds.
final class LoadResult {
  private static final long MAX_NANOS = 120_000_000_000L;

  private final Histogram latency = new Histogram(MAX_NANOS, 3);
  private final Histogram firstByte = new Histogram(MAX_NANOS, 3);
  private final Map<String, Integer> failures = new TreeMap<>();
  private int answers;

  void recordFirstByte(long nanos) {
    firstByte.recordValue(Math.clamp(nanos, 0, MAX_NANOS));
  }

  void recordEvent(long nanos) {
    latency.recordValue(Math.clamp(nanos, 0, MAX_NANOS));
  }

  void recordAnswer() {
    answers++;
  }

  void recordFailure(String reason) {
    failures.merge(reason, 1, Integer::sum);
  }

  int answers() {
    return answers;
  }

  long events() {
    return latency.getTotalCount();
  }

  int failureCount() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// Counts by reason.
  Map<String, Integer> failures() {
    return failures;
  }

  double latencyMillis(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e6;
  }

  double firstByteMillis(double percentile) {
    return firstByte.getValueAtPercentile(percentile) / 1e6;
  }
}

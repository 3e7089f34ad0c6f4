package dev.minimalchat.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// What the browsers of one run have seen. Times are nanoseconds.
final class Tally {
  private static final long LONGEST = 120_000_000_000L;

  private final Histogram latency = new Histogram(LONGEST, 3);
  private final Histogram firstByte = new Histogram(LONGEST, 3);
  private final Map<String, Integer> failures = new TreeMap<>();
  private int answers;

  void firstByte(long nanos) {
    firstByte.recordValue(Math.clamp(nanos, 0, LONGEST));
  }

  void event(long nanos) {
    latency.recordValue(Math.clamp(nanos, 0, LONGEST));
  }

  void answered() {
    answers++;
  }

  void failed(String how) {
    failures.merge(how, 1, Integer::sum);
  }

  int answers() {
    return answers;
  }

  long events() {
    return latency.getTotalCount();
  }

  int failed() {
    return failures.values().stream().mapToInt(it -> it).sum();
  }

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

package dev.minimalchat.bench;

import java.util.function.ToDoubleFunction;

/// One row of the table.
///
/// @param value reads the metric from a sample
record Metric(String name, ToDoubleFunction<Sample> value) {
  static final Metric CPU_PER_EVENT = new Metric("CPU µs per event", Sample::cpuPerEvent);
  static final Metric CPU_PER_ANSWER = new Metric("CPU µs per answer", Sample::cpuPerAnswer);
  static final Metric LATENCY_P50 =
      new Metric("latency per event, median ms", it -> it.result().latencyMillis(50));
  static final Metric LATENCY_P99 =
      new Metric("latency per event, p99 ms", it -> it.result().latencyMillis(99));
  static final Metric FIRST_BYTE_P50 =
      new Metric("first byte, median ms", it -> it.result().firstByteMillis(50));
  static final Metric FIRST_BYTE_P99 =
      new Metric("first byte, p99 ms", it -> it.result().firstByteMillis(99));
  static final Metric ANSWERS_PER_SECOND =
      new Metric("answers per second", Sample::answersPerSecond);
  static final Metric EVENTS_PER_SECOND = new Metric("events per second", Sample::eventsPerSecond);
  static final Metric FAILED_ANSWERS =
      new Metric("failed answers", it -> it.result().failureCount());
  static final Metric PEAK_RSS = new Metric("peak RSS MB", Sample::megabytes);
  static final Metric RSS_PER_STREAM =
      new Metric("of this per stream, KB", Sample::kilobytesPerAnswer);
  static final Metric IDLE_RSS = new Metric("RSS at rest MB", Sample::megabytes);
  static final Metric SECONDS = new Metric("seconds", Sample::seconds);
  static final Metric CPU_SECONDS = new Metric("CPU seconds", it -> it.cpuMicros() / 1e6);
}

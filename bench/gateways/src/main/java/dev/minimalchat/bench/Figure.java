package dev.minimalchat.bench;

import java.util.function.ToDoubleFunction;

/// One row of the table: what is read off a sample.
record Figure(String name, ToDoubleFunction<Sample> of) {
  static final Figure CPU = new Figure("CPU µs per event", Sample::cpuPerEvent);
  static final Figure CPU_AN_ANSWER = new Figure("CPU µs per answer", Sample::cpuPerAnswer);
  static final Figure ADDED_P50 =
      new Figure("latency per event, median ms", it -> it.tally().latencyMillis(50));
  static final Figure ADDED_P99 =
      new Figure("latency per event, p99 ms", it -> it.tally().latencyMillis(99));
  static final Figure FIRST_P50 =
      new Figure("first byte, median ms", it -> it.tally().firstByteMillis(50));
  static final Figure FIRST_P99 =
      new Figure("first byte, p99 ms", it -> it.tally().firstByteMillis(99));
  static final Figure ANSWERS = new Figure("answers per second", Sample::answersPerSecond);
  static final Figure EVENTS = new Figure("events per second", Sample::eventsPerSecond);
  static final Figure FAILED = new Figure("failed answers", it -> it.tally().failed());
  static final Figure PEAK = new Figure("peak RSS MB", Sample::megabytes);
  static final Figure PER_STREAM =
      new Figure("of it for each stream, KB", Sample::kilobytesPerAnswer);
  static final Figure RESTING = new Figure("RSS at rest MB", Sample::megabytes);
  static final Figure SECONDS = new Figure("seconds", Sample::seconds);
  static final Figure CPU_SECONDS = new Figure("CPU seconds", it -> it.cpuMicros() / 1e6);
}

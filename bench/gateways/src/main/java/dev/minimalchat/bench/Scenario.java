package dev.minimalchat.bench;

import java.util.List;

/// A load, the metrics that are read from it, and the state of the gateway before it. The names are
/// the arguments of `run`.
@SuppressWarnings("ImmutableEnumChecker") // Load and the list of metrics never change.
enum Scenario {
  START(
      "from the start to the first byte of a chat",
      Load.some(1, 1, 1),
      5,
      State.COLD,
      Metric.SECONDS,
      Metric.CPU_SECONDS,
      Metric.IDLE_RSS),
  PACED(
      "100 streams, 50 events a second each",
      Load.once(100, 500, 20, 1000),
      3,
      State.WARM,
      Metric.CPU_PER_EVENT,
      Metric.LATENCY_P50,
      Metric.LATENCY_P99,
      Metric.FAILED_ANSWERS),
  THROUGHPUT(
      "37 events without delay, 10 concurrent answers",
      Load.forSeconds(6, 10, 31),
      3,
      State.WARM,
      Metric.ANSWERS_PER_SECOND,
      Metric.CPU_PER_ANSWER,
      Metric.FIRST_BYTE_P50,
      Metric.FIRST_BYTE_P99,
      Metric.FAILED_ANSWERS),
  COLD_THROUGHPUT(
      "the same load, first 1,000 answers after the start",
      Load.some(1000, 10, 31),
      3,
      State.COLD,
      Metric.ANSWERS_PER_SECOND,
      Metric.FAILED_ANSWERS),
  VERIFIED(
      "200 streams, 20 events a second each, each event verified",
      Load.once(200, 200, 50, 1000),
      3,
      State.WARM,
      Metric.LATENCY_P50,
      Metric.LATENCY_P99,
      Metric.FAILED_ANSWERS),
  BURST(
      "2,000 events without delay, 50 streams",
      Load.once(50, 2000, 0, 0),
      3,
      State.WARM,
      Metric.EVENTS_PER_SECOND,
      Metric.CPU_PER_EVENT,
      Metric.FAILED_ANSWERS),
  SMALL_INSTANCE(
      "1,200 streams, one event a second, in 512 MB",
      Load.once(1200, 20, 1000, 8000),
      1,
      State.WARM_ALONE,
      Metric.FAILED_ANSWERS,
      Metric.PEAK_RSS,
      Metric.LATENCY_P50,
      Metric.LATENCY_P99),
  MANY_STREAMS(
      "5,000 streams, one event a second",
      Load.once(5000, 20, 1000, 8000),
      1,
      State.WARM_ALONE,
      Metric.FAILED_ANSWERS,
      Metric.PEAK_RSS,
      Metric.LATENCY_P50,
      Metric.LATENCY_P99,
      Metric.CPU_PER_EVENT),
  MAX_STREAMS(
      "9,500 streams, one event a second",
      Load.once(9500, 20, 1000, 15000),
      1,
      State.WARM_ALONE,
      Metric.FAILED_ANSWERS,
      Metric.PEAK_RSS,
      Metric.RSS_PER_STREAM,
      Metric.LATENCY_P99);

  final String title;
  final Load load;
  final int rounds;
  final State state;
  final List<Metric> metrics;

  Scenario(String title, Load load, int rounds, State state, Metric... metrics) {
    this.title = title;
    this.load = load;
    this.rounds = rounds;
    this.state = state;
    this.metrics = List.of(metrics);
  }

  /// The memory that our gateway is configured for.
  String memory() {
    return switch (this) {
      case START, SMALL_INSTANCE -> "512m";
      case MAX_STREAMS -> "2g";
      default -> "1g";
    };
  }

  /// The state of a gateway when the load starts.
  enum State {
    /// Started for this load, without warm-up.
    COLD,
    /// Started and warmed up for this load, so that the peak of its memory is caused by the load.
    WARM_ALONE,
    /// Warmed up, and shared with the other loads of this state.
    WARM
  }
}

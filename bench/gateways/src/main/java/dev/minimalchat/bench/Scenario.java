package dev.minimalchat.bench;

import java.util.List;

/// A load, what is read off it, and how it is run.
enum Scenario {
  START(
      "from the start to the first byte of a chat",
      Load.some(1, 1, 1),
      5,
      State.COLD,
      Figure.SECONDS,
      Figure.CPU_SECONDS,
      Figure.RESTING),
  PACED(
      "100 streams, 50 events a second each",
      Load.once(100, 500, 20, 1000),
      3,
      State.WARM,
      Figure.CPU,
      Figure.ADDED_P50,
      Figure.ADDED_P99,
      Figure.FAILED),
  RATE(
      "37 events without pause, 10 answers at a time",
      Load.forSome(6, 10, 31),
      3,
      State.WARM,
      Figure.ANSWERS,
      Figure.CPU_AN_ANSWER,
      Figure.FIRST_P50,
      Figure.FIRST_P99,
      Figure.FAILED),
  FIRST(
      "the same, the first 1,000 answers after the start",
      Load.some(1000, 10, 31),
      3,
      State.COLD,
      Figure.ANSWERS,
      Figure.FAILED),
  NONCE(
      "200 streams, 20 events a second each, every event checked",
      Load.once(200, 200, 50, 1000),
      3,
      State.WARM,
      Figure.ADDED_P50,
      Figure.ADDED_P99,
      Figure.FAILED),
  BURST(
      "2,000 events without pause, 50 streams",
      Load.once(50, 2000, 0, 0),
      3,
      State.WARM,
      Figure.EVENTS,
      Figure.CPU,
      Figure.FAILED),
  CROWD(
      "5,000 streams, one event a second",
      Load.once(5000, 20, 1000, 8000),
      1,
      State.WARM_ALONE,
      Figure.FAILED,
      Figure.PEAK,
      Figure.ADDED_P50,
      Figure.ADDED_P99,
      Figure.CPU),
  FULL(
      "9,500 streams, one event a second",
      Load.once(9500, 20, 1000, 15000),
      1,
      State.WARM_ALONE,
      Figure.FAILED,
      Figure.PEAK,
      Figure.PER_STREAM,
      Figure.ADDED_P99);

  final String title;
  final Load load;
  final int rounds;
  final State state;
  final List<Figure> figures;

  Scenario(String title, Load load, int rounds, State state, Figure... figures) {
    this.title = title;
    this.load = load;
    this.rounds = rounds;
    this.state = state;
    this.figures = List.of(figures);
  }

  /// What our gateway is told that its instance has.
  String memory() {
    return this == FULL ? "2g" : "1g";
  }

  /// In what state a gateway is when the load comes.
  enum State {
    /// Just started.
    COLD,
    /// Started and warmed for this load, so that the peak of its memory belongs to it.
    WARM_ALONE,
    /// Warmed, and still running from the load before.
    WARM
  }
}

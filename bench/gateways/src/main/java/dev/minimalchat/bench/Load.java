package dev.minimalchat.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The requests of one run.
///
/// @param answers the maximum number of requests
/// @param concurrency simultaneous connections
/// @param deltas text events per answer
/// @param delayMillis between two deltas of an answer
/// @param rampMillis over which the first requests are spread
/// @param durationMillis after which no more requests are sent
/// @param random whether each answer has a random number of deltas, at most `deltas`, and a random
///   ending
record Load(
    int answers,
    int concurrency,
    int deltas,
    int delayMillis,
    int rampMillis,
    int durationMillis,
    boolean random) {
  private static final int UNLIMITED_MILLIS = 3_600_000;

  /// One request per connection.
  static Load once(int connections, int deltas, int delayMillis, int rampMillis) {
    return new Load(
        connections, connections, deltas, delayMillis, rampMillis, UNLIMITED_MILLIS, false);
  }

  /// A number of answers without delay.
  static Load some(int answers, int concurrency, int deltas) {
    return new Load(answers, concurrency, deltas, 0, 0, UNLIMITED_MILLIS, false);
  }

  /// Repeated requests without delay.
  static Load forSeconds(int seconds, int connections, int deltas) {
    return new Load(Integer.MAX_VALUE, connections, deltas, 0, 0, seconds * 1000, false);
  }

  /// Repeated requests whose answers end in different ways.
  static Load withRandomEndings(int seconds, int connections, int deltas, int delayMillis) {
    return new Load(Integer.MAX_VALUE, connections, deltas, delayMillis, 0, seconds * 1000, true);
  }

  /// The script of an answer; the same in each run.
  AnswerScript script(int stream) {
    if (!random) {
      return new AnswerScript(deltas, delayMillis, stream, AnswerScript.Ending.COMPLETE);
    }
    Random random = new Random(stream);
    AnswerScript.Ending[] endings = AnswerScript.Ending.values();
    return new AnswerScript(
        1 + random.nextInt(deltas), delayMillis, stream, endings[random.nextInt(endings.length)]);
  }

  /// After which an unfinished answer counts as failed; it allows for slow gateways.
  long timeoutNanos() {
    long expected =
        durationMillis < UNLIMITED_MILLIS
            ? durationMillis
            : rampMillis + (long) deltas * delayMillis;
    return TimeUnit.MILLISECONDS.toNanos(60_000 + 2 * expected);
  }
}

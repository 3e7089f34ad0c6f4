package dev.minimalchat.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/// So many answers, so many at a time, of so many deltas with a pause between them.
///
/// @param ramp over how many milliseconds the first questions are spread
/// @param pause milliseconds between two deltas
/// @param duration after how many milliseconds nothing more is asked
/// @param random whether an answer ends after any number of deltas up to that, and in any way
record Load(
    int answers, int atATime, int deltas, int pause, int ramp, int duration, boolean random) {
  private static final int FOREVER = 3_600_000;

  /// Each browser asks once.
  static Load once(int browsers, int deltas, int pause, int ramp) {
    return new Load(browsers, browsers, deltas, pause, ramp, FOREVER, false);
  }

  /// So many answers without pause, so many at a time.
  static Load some(int answers, int atATime, int deltas) {
    return new Load(answers, atATime, deltas, 0, 0, FOREVER, false);
  }

  /// Each browser asks again and again.
  static Load forSome(int seconds, int browsers, int deltas) {
    return new Load(Integer.MAX_VALUE, browsers, deltas, 0, 0, seconds * 1000, false);
  }

  /// Each browser asks again and again, and no two answers end alike.
  static Load endingAnyhow(int seconds, int browsers, int deltas, int pause) {
    return new Load(Integer.MAX_VALUE, browsers, deltas, pause, 0, seconds * 1000, true);
  }

  /// The same for the same number, in every run.
  Script script(int number) {
    if (!random) {
      return new Script(deltas, pause, number, Script.End.WHOLE);
    }
    Random dice = new Random(number);
    Script.End[] ends = Script.End.values();
    return new Script(1 + dice.nextInt(deltas), pause, number, ends[dice.nextInt(ends.length)]);
  }

  /// With room for a slow gateway: what is not answered by then has failed.
  long deadlineNanos() {
    long ideal = duration < FOREVER ? duration : ramp + (long) deltas * pause;
    return TimeUnit.MILLISECONDS.toNanos(60_000 + 2 * ideal);
  }
}

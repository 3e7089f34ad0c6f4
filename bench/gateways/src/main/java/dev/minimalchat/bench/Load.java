package dev.minimalchat.bench;

import java.util.concurrent.TimeUnit;

/// So many answers, so many at a time, of so many deltas with a pause between them.
///
/// @param ramp over how many milliseconds the first questions are spread
/// @param pause milliseconds between two deltas
/// @param duration after how many milliseconds nothing more is asked
record Load(int answers, int atATime, int deltas, int pause, int ramp, int duration) {
  private static final int FOREVER = 3_600_000;

  /// Each browser asks once.
  static Load once(int browsers, int deltas, int pause, int ramp) {
    return new Load(browsers, browsers, deltas, pause, ramp, FOREVER);
  }

  /// Each browser asks again and again.
  static Load forSome(int seconds, int browsers, int deltas) {
    return new Load(Integer.MAX_VALUE, browsers, deltas, 0, 0, seconds * 1000);
  }

  /// With room for a slow gateway: what is not answered by then has failed.
  long deadlineNanos() {
    long ideal = duration < FOREVER ? duration : ramp + (long) deltas * pause;
    return TimeUnit.MILLISECONDS.toNanos(60_000 + 2 * ideal);
  }
}

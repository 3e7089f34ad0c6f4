package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.TestTimeouts;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The shared count of a test: of one process, of several, or none.
final class FakeTokenCount implements SharedTokenCount {
  /// The last report of each day.
  final Map<LocalDate, Long> days = new ConcurrentHashMap<>();

  /// One permit for each report.
  final Semaphore reports = new Semaphore(0);

  /// What the next reports return.
  volatile long others;

  volatile boolean isDown;

  @Override
  public OptionalLong report(LocalDate day, long tokens) {
    try {
      if (isDown) {
        return OptionalLong.empty();
      }
      days.put(day, tokens);
      return OptionalLong.of(others);
    } finally {
      reports.release();
    }
  }

  void await(int count) {
    try {
      if (!reports.tryAcquire(count, TestTimeouts.SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("fewer than " + count + " reports");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

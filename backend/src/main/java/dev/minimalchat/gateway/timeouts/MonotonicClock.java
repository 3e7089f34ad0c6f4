package dev.minimalchat.gateway.timeouts;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Starts at the time of day and then follows [System#nanoTime], so that a change of the computer's
/// clock changes no duration.
///
/// Its instants are for timers and durations; a date needs the `Clock` bean.
final class MonotonicClock extends Clock {
  private final long startMillis;
  private final long startNanos;
  private final LongSupplier nanoTime;

  MonotonicClock(Instant start, LongSupplier nanoTime) {
    this.startMillis = start.toEpochMilli();
    this.startNanos = nanoTime.getAsLong();
    this.nanoTime = nanoTime;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(startMillis).plusNanos(elapsed());
  }

  /// Allocates nothing: an idle timer reads it at each event.
  @Override
  public long millis() {
    return startMillis + TimeUnit.NANOSECONDS.toMillis(elapsed());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("instants only");
  }

  private long elapsed() {
    return nanoTime.getAsLong() - startNanos;
  }
}

package dev.minimalchat.gateway.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/// Goes off after a time without a sign of life. A sign costs one write to a field and no timer:
/// when the timer fires too early it is set again for what is left.
///
/// It goes off again after each further silence, until it is closed. Signs come from any thread;
/// the action runs on the scheduler's thread and must be short.
public final class Alarm implements AutoCloseable {
  private final TaskScheduler scheduler;
  private final Duration silence;
  private final Runnable action;

  /// Milliseconds since the epoch.
  private volatile long lastSign;

  private volatile boolean off;
  private volatile @Nullable Future<?> timer;

  public Alarm(TaskScheduler scheduler, Duration silence, Runnable action) {
    this.scheduler = scheduler;
    this.silence = silence;
    this.action = action;
    this.lastSign = scheduler.getClock().millis();
  }

  /// Starts to listen; the silence counts from here.
  public void start() {
    sign();
    set(due());
  }

  /// Something happened: the silence begins anew.
  public void sign() {
    lastSign = scheduler.getClock().millis();
  }

  @Override
  public void close() {
    off = true;
    Future<?> pending = timer;
    if (pending != null) {
      pending.cancel(false);
    }
  }

  private void set(Instant when) {
    if (!off) {
      timer = scheduler.schedule(this::ring, when);
    }
  }

  private void ring() {
    if (!off && !due().isAfter(scheduler.getClock().instant())) {
      action.run();
      sign();
    }
    set(due());
  }

  private Instant due() {
    return Instant.ofEpochMilli(lastSign).plus(silence);
  }
}

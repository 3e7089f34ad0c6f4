package dev.minimalchat.gateway.timeouts;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/// Idle timeout. [#reset] only writes a field; the timer reschedules itself when it fires early.
///
/// It fires again after every further idle period, until it is closed. Any thread may reset, pause
/// and resume it; the action runs on the scheduler thread and must be short.
public final class IdleTimer implements AutoCloseable {
  private final TaskScheduler scheduler;
  private final Duration timeout;
  private final Runnable onTimeout;

  /// Milliseconds of the scheduler's clock.
  private volatile long lastReset;

  private volatile boolean paused;
  private volatile boolean closed;
  private volatile @Nullable Future<?> timer;

  public IdleTimer(TaskScheduler scheduler, Duration timeout, Runnable onTimeout) {
    this.scheduler = scheduler;
    this.timeout = timeout;
    this.onTimeout = onTimeout;
    this.lastReset = scheduler.getClock().millis();
  }

  public void start() {
    reset();
    schedule(deadline());
  }

  public void reset() {
    lastReset = scheduler.getClock().millis();
  }

  /// Stops the time until [#resume], at which a new period begins.
  public void pause() {
    paused = true;
  }

  /// Has no effect on a timer that is not paused.
  public void resume() {
    if (paused) {
      reset();
      paused = false;
    }
  }

  @Override
  public void close() {
    closed = true;
    Future<?> pending = timer;
    if (pending != null) {
      pending.cancel(false);
    }
  }

  private void schedule(Instant when) {
    if (!closed) {
      timer = scheduler.schedule(this::onTimer, when);
    }
  }

  private void onTimer() {
    if (paused) {
      reset();
    } else if (!closed && !deadline().isAfter(scheduler.getClock().instant())) {
      onTimeout.run();
      reset();
    }
    schedule(deadline());
  }

  private Instant deadline() {
    return Instant.ofEpochMilli(lastReset).plus(timeout);
  }
}

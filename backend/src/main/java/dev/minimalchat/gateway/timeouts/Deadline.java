package dev.minimalchat.gateway.timeouts;

import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// A timeout that runs an action once, unless it is closed first. Resilience4j's [TimeLimiter]
/// measures and counts it.
///
/// Any thread may close it; the action runs on the scheduler thread and must be short.
public final class Deadline implements AutoCloseable {
  private final CompletableFuture<Void> met = new CompletableFuture<>();

  private Deadline() {}

  /// Starts a deadline without metrics.
  public static Deadline start(
      ThreadPoolTaskScheduler scheduler, Duration timeout, Runnable onTimeout) {
    return start(scheduler, TimeLimiter.of(timeout), onTimeout);
  }

  /// Starts a deadline.
  ///
  /// @param limiter holds the timeout, and publishes each result to its metrics
  public static Deadline start(
      ThreadPoolTaskScheduler scheduler, TimeLimiter limiter, Runnable onTimeout) {
    Deadline deadline = new Deadline();
    limiter
        .executeCompletionStage(scheduler.getScheduledExecutor(), () -> deadline.met)
        .exceptionally(_ -> {
          onTimeout.run();
          return null;
        });
    return deadline;
  }

  @Override
  public void close() {
    met.complete(null);
  }
}

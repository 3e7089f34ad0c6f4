package dev.minimalchat.gateway.chat;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import org.springframework.scheduling.TaskScheduler;

/// Timers that run when the test lets time pass.
final class KeepAliveTimers {
  private final Clock clock = mock(Clock.class);
  private final BlockingQueue<Runnable> due = new LinkedBlockingQueue<>();
  private final TaskScheduler scheduler = mock(TaskScheduler.class);
  private volatile Instant now = Instant.EPOCH;

  TaskScheduler scheduler() {
    when(clock.instant()).thenAnswer(_ -> now);
    when(clock.millis()).thenAnswer(_ -> now.toEpochMilli());
    when(scheduler.getClock()).thenReturn(clock);
    when(scheduler.schedule(any(Runnable.class), any(Instant.class)))
        .thenAnswer(call -> {
          due.add(call.getArgument(0));
          return mock(ScheduledFuture.class);
        });
    return scheduler;
  }

  void advance(Duration time) {
    now = now.plus(time);
  }

  /// Lets time pass and runs the timer that is set, if there is one.
  void pass(Duration time) {
    advance(time);
    Runnable timer = due.poll();
    if (timer != null) {
      timer.run();
    }
  }

  int pending() {
    return due.size();
  }
}

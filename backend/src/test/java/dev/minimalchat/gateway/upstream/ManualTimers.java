package dev.minimalchat.gateway.upstream;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/// Time that stands still until the test moves it. It keeps timers for both of the schedulers that
/// the clocks use.
final class ManualTimers {
  private final List<Timer> timers = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  private record Timer(Instant due, FutureTask<?> task) {}

  /// Moves time on and runs what falls due, in order.
  void pass(Duration duration) {
    Instant end = now.plus(duration);
    for (Timer next = firstDueBy(end); next != null; next = firstDueBy(end)) {
      now = next.due();
      timers.remove(next);
      next.task().run();
    }
    now = end;
  }

  /// The timers that are set and not cancelled.
  long pending() {
    return timers.stream().filter(timer -> !timer.task().isCancelled()).count();
  }

  TaskScheduler scheduler() {
    Clock clock = clock();
    TaskScheduler scheduler = mock();
    when(scheduler.getClock()).thenReturn(clock);
    doAnswer(call -> set(call.getArgument(1), call.getArgument(0)))
        .when(scheduler)
        .schedule(any(Runnable.class), any(Instant.class));
    return scheduler;
  }

  ScheduledExecutorService executor() {
    ScheduledExecutorService executor = mock();
    doAnswer(
            call -> {
              TimeUnit unit = call.getArgument(2);
              Duration delay = Duration.of(call.getArgument(1), unit.toChronoUnit());
              return set(now.plus(delay), call.getArgument(0));
            })
        .when(executor)
        .schedule(any(Runnable.class), anyLong(), any());
    return executor;
  }

  private ScheduledFuture<?> set(Instant due, Runnable action) {
    FutureTask<?> task = new FutureTask<>(action, null);
    timers.add(new Timer(due, task));
    ScheduledFuture<?> future = mock();
    when(future.cancel(false)).thenAnswer(_ -> task.cancel(false));
    when(future.isDone()).thenAnswer(_ -> task.isDone());
    return future;
  }

  private @Nullable Timer firstDueBy(Instant end) {
    return timers.stream()
        .filter(timer -> !timer.task().isCancelled() && !timer.due().isAfter(end))
        .min(Comparator.comparing(Timer::due))
        .orElse(null);
  }

  private Clock clock() {
    Clock clock = mock();
    when(clock.instant()).thenAnswer(_ -> now);
    when(clock.millis()).thenAnswer(_ -> now.toEpochMilli());
    when(clock.getZone()).thenReturn(ZoneOffset.UTC);
    return clock;
  }
}

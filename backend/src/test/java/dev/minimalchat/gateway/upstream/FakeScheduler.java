package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.Patience;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.Trigger;

/// A scheduler whose time passes only when a test says so, and whose tasks then run on the test's
/// own thread, each at its own instant.
public final class FakeScheduler implements TaskScheduler {
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000);

  private final List<Timer> timers = new CopyOnWriteArrayList<>();
  private final Semaphore set = new Semaphore(0);
  private final Clock clock = new Now();
  private final ScheduledExecutorService executor = new Executor();

  private volatile Instant now = START;

  /// Lets that much time pass.
  public void advance(Duration time) {
    Instant end = now.plus(time);
    for (var next = nextUntil(end); next.isPresent(); next = nextUntil(end)) {
      Timer timer = next.get();
      if (timer.when.isAfter(now)) {
        now = timer.when;
      }
      timer.run();
    }
    now = end;
  }

  /// Waits until another thread has set a timer; each one is told of once.
  public void awaitTimer() {
    try {
      if (!set.tryAcquire(Patience.SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody has set a timer");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// How many timers are set and have neither gone off nor been cancelled.
  public long waiting() {
    return timers.stream().filter(timer -> !timer.isDone()).count();
  }

  /// How many timers were ever set.
  public int everSet() {
    return timers.size();
  }

  /// The same timers, for those who ask an executor for them.
  public ScheduledExecutorService executor() {
    return executor;
  }

  @Override
  public Clock getClock() {
    return clock;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, Instant startTime) {
    Timer timer = new Timer(task, startTime);
    timers.add(timer);
    set.release();
    return timer;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, Trigger trigger) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Instant startTime, Duration period) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Duration period) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, Instant startTime, Duration delay) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Duration delay) {
    throw new UnsupportedOperationException();
  }

  private Optional<Timer> nextUntil(Instant end) {
    return timers.stream()
        .filter(timer -> !timer.isDone() && !timer.when.isAfter(end))
        .min(Comparator.comparing(timer -> timer.when));
  }

  private final class Timer extends FutureTask<@Nullable Void>
      implements ScheduledFuture<@Nullable Void> {
    private final Instant when;

    Timer(Runnable task, Instant when) {
      super(task, null);
      this.when = when;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(now, when));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  private final class Executor extends ScheduledThreadPoolExecutor {
    Executor() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      return FakeScheduler.this.schedule(command, now.plus(delay, unit.toChronoUnit()));
    }
  }

  private final class Now extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}

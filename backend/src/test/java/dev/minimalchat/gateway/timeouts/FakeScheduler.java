package dev.minimalchat.gateway.timeouts;

import dev.minimalchat.gateway.TestTimeouts;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// A scheduler with a clock that only the test advances. Tasks run on the thread that advances it,
/// each at its own instant; a task that is already due runs when it is scheduled.
public final class FakeScheduler extends ThreadPoolTaskScheduler {
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000);

  private final List<Timer> timers = new CopyOnWriteArrayList<>();
  private final Semaphore scheduled = new Semaphore(0);
  private volatile Instant now = START;
  private volatile Duration computerClockChange = Duration.ZERO;
  private final Clock clock = new FakeClock(() -> Duration.ZERO);
  private final Clock computerClock = new FakeClock(() -> computerClockChange);
  private final ScheduledExecutorService executor = new FakeExecutor();

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

  /// The time of day, as the Clock bean tells it.
  public Clock computerClock() {
    return computerClock;
  }

  /// Sets the computer's clock to the right time plus this change; no timer notices.
  public void changeComputerClock(Duration change) {
    computerClockChange = change;
  }

  /// Waits until another thread has scheduled a task; returns once for each task.
  public void awaitTimer() {
    try {
      if (!scheduled.tryAcquire(TestTimeouts.SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("no timer was scheduled");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Scheduled tasks that have neither run nor been cancelled.
  public long pending() {
    return timers.stream().filter(timer -> !timer.isDone()).count();
  }

  /// All tasks that were ever scheduled.
  public int scheduledTotal() {
    return timers.size();
  }

  @Override
  public Clock getClock() {
    return clock;
  }

  @Override
  public ScheduledExecutorService getScheduledExecutor() {
    return executor;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, Instant startTime) {
    Timer timer = new Timer(task, startTime);
    timers.add(timer);
    scheduled.release();
    if (!startTime.isAfter(now)) {
      timer.run();
    }
    return timer;
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

  private final class FakeExecutor extends ScheduledThreadPoolExecutor {
    FakeExecutor() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      return FakeScheduler.this.schedule(command, now.plus(delay, unit.toChronoUnit()));
    }
  }

  private final class FakeClock extends Clock {
    private final Supplier<Duration> change;

    FakeClock(Supplier<Duration> change) {
      this.change = change;
    }

    @Override
    public Instant instant() {
      return now.plus(change.get());
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

package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/// Ends an answer that does not begin, falls silent, or goes on for too long. The clock's hand is
/// [UpstreamStream#close], called from the scheduler's thread; the reader then learns why.
final class TimedStream implements UpstreamStream {
  private final UpstreamStream delegate;
  private final UpstreamProperties limits;
  private final TaskScheduler scheduler;

  private @Nullable Future<?> beginning;
  private @Nullable Future<?> total;
  private @Nullable Alarm silence;
  private volatile @Nullable String expired;

  TimedStream(UpstreamStream delegate, UpstreamProperties limits, TaskScheduler scheduler) {
    this.delegate = delegate;
    this.limits = limits;
    this.scheduler = scheduler;
  }

  @Override
  public UpstreamEvent next() {
    if (total == null) {
      total = expireAfter(limits.totalTimeout(), "the answer took longer than TOTAL_TIMEOUT");
      beginning = expireAfter(limits.firstEventTimeout(), "no event within FIRST_EVENT_TIMEOUT");
    }
    try {
      UpstreamEvent event = delegate.next();
      if (!(event instanceof UpstreamEvent.Unknown)) {
        signOfLife();
      }
      return event;
    } catch (Failure failure) {
      String reason = expired;
      throw reason == null ? failure : new Failure(ErrorCode.TIMEOUT, reason, failure);
    }
  }

  @Override
  public boolean moreIsHere() {
    return delegate.moreIsHere();
  }

  @Override
  public void close() {
    cancel(beginning);
    cancel(total);
    if (silence != null) {
      silence.close();
    }
    delegate.close();
  }

  private void signOfLife() {
    if (silence != null) {
      silence.sign();
      return;
    }
    cancel(beginning);
    silence =
        new Alarm(scheduler, limits.idleTimeout(), () -> expire("no event within IDLE_TIMEOUT"));
    silence.start();
  }

  private Future<?> expireAfter(Duration limit, String reason) {
    return scheduler.schedule(() -> expire(reason), scheduler.getClock().instant().plus(limit));
  }

  private void expire(String reason) {
    expired = reason;
    delegate.close();
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}

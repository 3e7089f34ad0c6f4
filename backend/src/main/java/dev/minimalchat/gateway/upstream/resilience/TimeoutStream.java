package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.Deadline;
import dev.minimalchat.gateway.timeouts.IdleTimer;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import io.github.resilience4j.timelimiter.TimeLimiter;
import org.jspecify.annotations.Nullable;

/// First-event, first-output, idle and total timeout of an answer. A timeout closes the stream from
/// the scheduler thread; the blocked [#next] then throws TIMEOUT.
///
/// The idle timeout measures the provider only. It is paused between two calls of [#next], in which
/// the caller may be blocked in a write to a slow client.
final class TimeoutStream implements UpstreamStream {
  private final UpstreamStream delegate;
  private final TimeoutPolicy policy;
  private @Nullable Deadline firstEvent;
  private @Nullable Deadline firstOutput;
  private @Nullable Deadline total;
  private @Nullable IdleTimer idle;
  private volatile @Nullable String expired;

  TimeoutStream(UpstreamStream delegate, TimeoutPolicy policy) {
    this.delegate = delegate;
    this.policy = policy;
  }

  @Override
  public UpstreamEvent next() {
    if (total == null) {
      total = deadline(policy.total(), "the answer took longer than TOTAL_TIMEOUT");
      firstEvent = deadline(policy.firstEvent(), "no event within FIRST_EVENT_TIMEOUT");
      if (policy.firstOutput() != null) {
        firstOutput = deadline(policy.firstOutput(), "no output within FIRST_OUTPUT_TIMEOUT");
      }
    }
    if (idle != null) {
      idle.resume();
    }
    try {
      UpstreamEvent event = delegate.next();
      if (!(event instanceof UpstreamEvent.Unknown || event instanceof UpstreamEvent.Attempt)) {
        onEvent();
      }
      if (firstOutput != null && isOutput(event)) {
        firstOutput.close();
        firstOutput = null;
      }
      return event;
    } catch (Failure failure) {
      String reason = expired;
      throw reason == null ? failure : new Failure(ErrorCode.TIMEOUT, reason, failure);
    }
  }

  @Override
  public boolean ready() {
    return delegate.ready();
  }

  @Override
  public void close() {
    close(firstEvent);
    close(firstOutput);
    close(total);
    if (idle != null) {
      idle.close();
    }
    delegate.close();
  }

  /// Reasoning is output, or every reasoning model would be too slow. An accepted request is not.
  private static boolean isOutput(UpstreamEvent event) {
    return event.isContent() || event instanceof UpstreamEvent.InProgress;
  }

  private Deadline deadline(TimeLimiter limiter, String reason) {
    return Deadline.start(policy.timers(), limiter, () -> expire(reason));
  }

  private void onEvent() {
    if (idle == null) {
      close(firstEvent);
      idle =
          new IdleTimer(
              policy.timers(), policy.idle(), () -> expire("no event within IDLE_TIMEOUT"));
      idle.start();
    }
    idle.pause();
  }

  private void expire(String reason) {
    expired = reason;
    delegate.close();
  }

  private static void close(@Nullable Deadline deadline) {
    if (deadline != null) {
      deadline.close();
    }
  }
}

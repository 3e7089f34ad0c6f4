package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Ends an answer that does not begin, falls silent, or goes on for too long. The clock's hand is
/// [UpstreamStream#close], called from the scheduler's thread; the reader then learns why.
final class TimedStream implements UpstreamStream {
  private final UpstreamStream delegate;
  private final TimeLimits limits;
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private boolean started;
  private @Nullable Alarm silence;
  private volatile @Nullable String expired;

  TimedStream(UpstreamStream delegate, TimeLimits limits) {
    this.delegate = delegate;
    this.limits = limits;
  }

  @Override
  public UpstreamEvent next() {
    if (!started) {
      started = true;
      expireUnless(ended, limits.total(), "the answer took longer than TOTAL_TIMEOUT");
      expireUnless(begun, limits.firstEvent(), "no event within FIRST_EVENT_TIMEOUT");
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
    begun.complete(null);
    ended.complete(null);
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
    begun.complete(null);
    silence =
        new Alarm(limits.scheduler(), limits.idle(), () -> expire("no event within IDLE_TIMEOUT"));
    silence.start();
  }

  private void expireUnless(CompletableFuture<Void> sign, TimeLimiter limiter, String reason) {
    limiter
        .executeCompletionStage(limits.timers(), () -> sign)
        .exceptionally(_ -> {
          expire(reason);
          return null;
        });
  }

  private void expire(String reason) {
    expired = reason;
    delegate.close();
  }
}

package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.Failure;
import io.github.resilience4j.retry.Retry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks again when the provider fails before it has said anything: nobody has seen that failure
/// yet. How often, and after how long, is the [Retry]'s to say; without an answer it is never asked
/// twice, because its silence is a timeout, which does not pass.
final class RetryingStream implements UpstreamStream {
  private final Retry.AsyncContext<UpstreamEvent> attempts;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile UpstreamStream current;

  /// Asks once more. Nothing as soon as the answer has begun, so that nobody holds a long
  /// conversation for as long as its answer lasts.
  private @Nullable Supplier<UpstreamStream> asking;

  RetryingStream(Upstream provider, Prompt prompt, Retry retry) {
    this.asking = () -> provider.ask(prompt);
    this.attempts = retry.asyncContext();
    this.current = provider.ask(prompt);
  }

  @Override
  public UpstreamEvent next() {
    while (true) {
      try {
        UpstreamEvent event = current.next();
        if (asking != null && event.meaningful()) {
          asking = null;
          attempts.onComplete();
        }
        return event;
      } catch (Failure failure) {
        askAgainAfter(failure);
      }
    }
  }

  @Override
  public boolean moreIsHere() {
    return current.moreIsHere();
  }

  @Override
  public void close() {
    closed.countDown();
    current.close();
  }

  private void askAgainAfter(Failure failure) {
    Supplier<UpstreamStream> again = asking;
    if (again == null || isClosed(0)) {
      throw failure;
    }
    long delay = attempts.onError(failure);
    if (delay < 0 || isClosed(delay)) {
      throw failure;
    }
    current.close();
    current = again.get();
    if (isClosed(0)) {
      current.close();
    }
  }

  /// Waits at most that long for somebody to close the stream.
  private boolean isClosed(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}

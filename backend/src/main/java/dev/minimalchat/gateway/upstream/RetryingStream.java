package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.Failure;
import io.github.resilience4j.retry.Retry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Asks again when the provider fails before it has said anything: nobody has seen that failure
/// yet. How often, and after how long, is the [Retry]'s to say; without an answer it is never asked
/// twice, because its silence is a timeout, which does not pass.
final class RetryingStream implements UpstreamStream {
  private final Upstream provider;
  private final Prompt prompt;
  private final Retry.AsyncContext<UpstreamEvent> attempts;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile UpstreamStream current;
  private boolean begun;

  RetryingStream(Upstream provider, Prompt prompt, Retry retry) {
    this.provider = provider;
    this.prompt = prompt;
    this.attempts = retry.asyncContext();
    this.current = provider.ask(prompt);
  }

  @Override
  public UpstreamEvent next() {
    while (true) {
      try {
        UpstreamEvent event = current.next();
        if (!begun && event.meaningful()) {
          begun = true;
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
    long delay = begun || isClosed(0) ? -1 : attempts.onError(failure);
    if (delay < 0 || isClosed(delay)) {
      throw failure;
    }
    current.close();
    current = provider.ask(prompt);
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

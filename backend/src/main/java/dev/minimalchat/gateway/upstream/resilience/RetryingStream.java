package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import io.github.resilience4j.retry.Retry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Retries a request that fails before the first content event, as often and with the delays that
/// the [Retry] allows. A timeout is not retried: it is not transient.
final class RetryingStream implements UpstreamStream {
  private final Retry.AsyncContext<UpstreamEvent> attempts;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile UpstreamStream current;
  private boolean started;

  /// Sends the request again. Null from the first content event on, so that the conversation is not
  /// kept in memory while the answer streams.
  private @Nullable Supplier<UpstreamStream> retry;

  RetryingStream(Upstream provider, UpstreamRequest request, Retry retry) {
    this.retry = () -> provider.stream(request);
    this.attempts = retry.asyncContext();
    this.current = provider.stream(request);
  }

  @Override
  public UpstreamEvent next() {
    if (!started) {
      started = true;
      return new UpstreamEvent.Attempt(null);
    }
    try {
      UpstreamEvent event = current.next();
      if (retry != null && event.isContent()) {
        retry = null;
        attempts.onComplete();
      }
      return event;
    } catch (Failure failure) {
      retryAfter(failure);
      return new UpstreamEvent.Attempt(failure);
    }
  }

  @Override
  public boolean ready() {
    return current.ready();
  }

  @Override
  public void close() {
    closed.countDown();
    current.close();
  }

  private void retryAfter(Failure failure) {
    Supplier<UpstreamStream> again = retry;
    if (again == null || awaitClose(0)) {
      throw failure;
    }
    long delay = attempts.onError(failure);
    if (delay < 0 || awaitClose(delay)) {
      throw failure;
    }
    current.close();
    current = again.get();
    if (awaitClose(0)) {
      current.close();
    }
  }

  /// Waits for [#close], and returns whether it was called within that time.
  private boolean awaitClose(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}

package dev.minimalchat.gateway.relay;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.ReportedFailure;
import dev.minimalchat.gateway.timeouts.Deadline;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/// Decides once whether an answer is a stream or an HTTP error. The request thread waits in
/// [#await] until the stream thread reports the first content event or a failure.
final class FirstEvent {
  /// How often a waiting request thread looks whether its client is still there.
  static final Duration DISCONNECT_CHECK_INTERVAL = Duration.ofMillis(500);

  private final ThreadPoolTaskScheduler timers;

  /// True at the first content event, false if the status hold elapsed first.
  private final CompletableFuture<Boolean> decision = new CompletableFuture<>();

  FirstEvent(ThreadPoolTaskScheduler timers) {
    this.timers = timers;
  }

  /// Blocks until the decision.
  ///
  /// @param statusHold how long the HTTP status may be held back
  /// @param isDisconnected polled while waiting
  /// @return whether content has arrived; false if the status hold elapsed first
  /// @throws ReportedFailure if the answer failed first
  /// @throws AsyncRequestNotUsableException if the client has disconnected
  boolean await(Duration statusHold, BooleanSupplier isDisconnected)
      throws AsyncRequestNotUsableException {
    try (var _ = Deadline.start(timers, statusHold, () -> decision.complete(false))) {
      while (true) {
        try {
          return decision.get(DISCONNECT_CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (isDisconnected.getAsBoolean()) {
            throw new AsyncRequestNotUsableException("client disconnected before the first event");
          }
        }
      }
    } catch (CancellationException e) {
      throw new AsyncRequestNotUsableException("the answer ended after the client disconnected", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure
          ? new ReportedFailure(failure)
          : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ErrorCode.OVERLOADED, "interrupted", e);
    }
  }

  void arrived() {
    decision.complete(true);
  }

  /// Reports that the answer failed.
  ///
  /// @return whether the failure becomes the HTTP response; false if the stream is already
  ///   committed
  boolean fail(Failure failure) {
    return decision.completeExceptionally(failure);
  }

  /// Releases a waiting request thread; no effect after a decision.
  void cancel() {
    decision.cancel(false);
  }

  boolean isDecided() {
    return decision.isDone();
  }
}

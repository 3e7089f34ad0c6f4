package dev.minimalchat.gateway.resume;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.time.Duration;

/// An answer that can be read from any event on, whichever instance gives it. Thread-safe.
public interface AnswerSource {
  /// The last event of an answer that its user has ended.
  UpstreamEvent CANCELLED = new UpstreamEvent.Incomplete("cancelled", null);

  /// Waits for the commit of the request that started the answer, at most for this time.
  ///
  /// @return whether it has come
  /// @throws Failure if the answer was rejected
  boolean awaitStatus(Duration timeout) throws InterruptedException;

  /// Makes this reader the only one; another one is [Reader#replaced].
  ///
  /// @param after the number of the last event that the reader has; -1 for none
  /// @return whether everything after it is still there
  boolean attach(Reader reader, long after);

  /// The reader is gone.
  ///
  /// @return whether the answer goes on without it, or with another reader
  boolean detach(Reader reader);

  /// Waits for events after this number.
  ///
  /// @return some of them; none when the time is over, or if the reader is no longer attached
  /// @throws AnswerLostException if some of them are no longer there
  AnswerEvents await(Reader reader, long after, Duration timeout)
      throws InterruptedException, AnswerLostException;

  /// The number of the last event; -1 while the answer runs.
  long end();

  /// The response's id and model, for a reader that begins in the middle.
  Response response();

  /// Ends the answer, because its user does not want it.
  void cancel();

  /// A reader of an answer.
  interface Reader {
    /// Another reader has taken over. Called on a thread of its own, because it may block in a
    /// write.
    void replaced();

    /// The user has ended the answer; the terminal event can be read. Called as [#replaced].
    default void cancelled() {}
  }

  /// What the last event of an answer repeats.
  ///
  /// @param requestId of the request that started the answer
  record Response(String id, String model, String requestId) {}

  /// Events were dropped before they were read.
  final class AnswerLostException extends Exception {
    public AnswerLostException() {
      super("events were dropped before they were read");
    }
  }
}

package dev.minimalchat.gateway.relay;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;

/// Writes one answer in the form that its route documents. It does not know how the answer is
/// relayed: [AnswerStream] calls it, from several threads.
public interface AnswerWriter {

  /// Adds an event. Nothing is sent before [#commit] and [#flush].
  ///
  /// @return whether anything was added: not every event is part of every form
  boolean write(UpstreamEvent event);

  /// Called before an end whose usage the provider does not report.
  default void estimatedUsage(Usage usage) {}

  /// Adds the end of an answer that failed after [#commit].
  void fail(Failure failure, RequestId id);

  /// Whether the HTTP status is decided by this event, so that a later failure is part of the body.
  boolean commitsAt(UpstreamEvent event);

  /// Allows [#flush] to send.
  void commit();

  /// Adds nothing: the answer failed before [#commit], so the failure is the HTTP response.
  default void reject(Failure failure) {}

  /// The client has disconnected.
  ///
  /// @return whether the answer goes on, because the client may come back
  default boolean detach() {
    return false;
  }

  /// Sends what was added, in one piece.
  ///
  /// @throws ClientDisconnectedException if the client has disconnected
  void flush();

  /// Sends what was added or, if that is nothing, something without a meaning.
  ///
  /// @throws ClientDisconnectedException if the client has disconnected
  void keepAlive();

  /// Ends the response.
  void complete();

  /// Sets the action for a client that disconnects, or a response that ends.
  void onDisconnect(Runnable action);
}

package dev.minimalchat.gateway.relay;

import dev.minimalchat.gateway.upstream.UpstreamEvent;

/// Writes an answer as an event stream. Its status is decided by the first content event.
public interface EventStreamWriter extends AnswerWriter {

  /// The stream that it writes to.
  EventStream events();

  @Override
  default boolean commitsAt(UpstreamEvent event) {
    return event.isContent();
  }

  @Override
  default void commit() {
    events().commit();
  }

  @Override
  default void flush() {
    events().flush();
  }

  @Override
  default void keepAlive() {
    events().keepAlive();
  }

  @Override
  default void complete() {
    events().complete();
  }

  @Override
  default void onDisconnect(Runnable action) {
    events().onDisconnect(action);
  }
}

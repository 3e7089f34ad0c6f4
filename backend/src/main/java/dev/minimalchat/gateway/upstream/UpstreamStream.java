package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.Failure;
import java.util.List;

/// The events of one answer. One thread reads it; any thread may close it.
public interface UpstreamStream extends AutoCloseable {

  /// Blocks until the next event. A provider's stream sends the request in the first call. Must not
  /// be called after an event that [UpstreamEvent#isTerminal].
  ///
  /// @throws Failure if the provider returns an error, times out or disconnects, or if [#close] was
  ///   called
  UpstreamEvent next();

  /// Whether the next event is already buffered, so that [#next] will not block.
  boolean ready();

  /// Whether it still references the request, to send it again. Without that, the memory of the
  /// request is free from the first content on.
  default boolean holdsRequest() {
    return false;
  }

  /// Drops the request where that is possible, because memory is short. Any thread may call it.
  ///
  /// @return whether the request is no longer referenced
  default boolean releaseRequest() {
    return !holdsRequest();
  }

  /// The same stream, which ends before one of these texts.
  ///
  /// @param sequences none of them empty
  default UpstreamStream stoppingAt(List<String> sequences) {
    return sequences.isEmpty() ? this : new StopSequenceStream(this, sequences);
  }

  /// Cancels the provider's work, and with it the cost; a blocked [#next] then fails. Idempotent.
  @Override
  void close();
}

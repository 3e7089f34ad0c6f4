package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.limits.SharedRates;
import dev.minimalchat.gateway.limits.SharedStreams;
import dev.minimalchat.gateway.resume.SharedAnswers;
import dev.minimalchat.gateway.usage.SharedTokenCount;

/// Everything that the instances share.
///
/// @param onClose releases the connections
record SharedState(
    SharedRates rates,
    SharedStreams streams,
    SharedTokenCount tokens,
    SharedAnswers answers,
    Runnable onClose)
    implements AutoCloseable {

  /// Of an instance that shares nothing.
  static SharedState none() {
    return new SharedState(
        SharedRates.NONE, SharedStreams.NONE, SharedTokenCount.NONE, SharedAnswers.NONE, () -> {});
  }

  @Override
  public void close() {
    onClose.run();
  }
}

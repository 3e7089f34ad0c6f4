package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.limits.SharedRates;

/// Everything that the instances share.
///
/// @param onClose releases the connections
record SharedState(
    SharedRates rates, Runnable onClose)
    implements AutoCloseable {

  /// Of an instance that shares nothing.
  static SharedState none() {
    return new SharedState(SharedRates.NONE, () -> {});
  }

  @Override
  public void close() {
    onClose.run();
  }
}

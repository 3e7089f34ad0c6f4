package dev.minimalchat.gateway.limits;

import org.jspecify.annotations.Nullable;

/// The request rates of all instances of the gateway. Each instance applies its own rates first.
@FunctionalInterface
public interface SharedRates {
  /// Of an instance that shares nothing.
  SharedRates NONE = (_, _) -> null;

  /// Takes a request from a client's rate. Never throws.
  ///
  /// @param client an address or a token's name; it may have to be hashed
  /// @return null if the rate is unknown, so that only the instance's own applies
  @Nullable RateLimit acquire(String client, int perMinute);
}

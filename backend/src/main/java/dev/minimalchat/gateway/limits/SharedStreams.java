package dev.minimalchat.gateway.limits;

import org.jspecify.annotations.Nullable;

/// The concurrent answers of each client on all instances of the gateway. Each instance applies its
/// own limits first.
@FunctionalInterface
public interface SharedStreams {
  /// Of an instance that shares nothing.
  SharedStreams NONE = (_, _) -> Lease.NONE;

  /// Acquires a lease for one answer. Never throws.
  ///
  /// @param client an address or a token's name; it may have to be hashed
  /// @return null if the client has `max` running answers; a lease if that is unknown
  @Nullable Lease acquire(String client, int max);

  /// A running answer. To close it twice has no effect, and closing never throws.
  interface Lease extends AutoCloseable {
    Lease NONE = () -> {};

    @Override
    void close();
  }
}

package dev.minimalchat.gateway.upstream;

/// Makes the client of a provider.
@FunctionalInterface
public interface UpstreamFactory {

  /// A client without retries and timeouts.
  Upstream create(Provider provider);
}

package dev.minimalchat.gateway.upstream;

/// A model provider.
public interface Upstream {

  /// Prepares a stream. The request is sent by the first [UpstreamStream#next].
  UpstreamStream stream(UpstreamRequest request);
}

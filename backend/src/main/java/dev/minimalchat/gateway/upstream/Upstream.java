package dev.minimalchat.gateway.upstream;

/// A model provider, as the chat sees it.
public interface Upstream {

  /// Prepares an answer. Nothing is sent until the first [UpstreamStream#next].
  UpstreamStream ask(Prompt prompt);
}

package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.Failure;

/// One answer as it comes. Read by a single thread; closed by any.
public interface UpstreamStream extends AutoCloseable {

  /// The next event; blocks until there is one. The first call sends the request. Not to be called
  /// again after the event that is [UpstreamEvent#last].
  ///
  /// @throws Failure if the provider refuses, falls silent, breaks off, or [#close] was called
  UpstreamEvent next();

  /// Whether more of the answer is already here, so that the next call is not likely to block.
  boolean moreIsHere();

  /// Ends the provider's work, which ends its bill: a blocked [#next] fails soon after. Harmless
  /// when called twice or after the end.
  @Override
  void close();
}

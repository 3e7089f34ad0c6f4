package dev.minimalchat.gateway.upstream;

import org.jspecify.annotations.Nullable;

/// The provider that is asked where the other one fails.
///
/// @param provider null if there is none
public record FallbackProvider(@Nullable Provider provider) {}

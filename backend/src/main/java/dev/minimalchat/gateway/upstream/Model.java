package dev.minimalchat.gateway.upstream;

import org.jspecify.annotations.Nullable;

/// A model that may be asked for.
///
/// @param id as the provider knows it
/// @param label the name for people, if the operator has set one
public record Model(String id, @Nullable String label) {}

package dev.minimalchat.gateway.upstream;

/// The tokens of one answer, as the provider reports them. Cached tokens are part of the input,
/// reasoning tokens part of the output.
public record Usage(
    long inputTokens,
    long cachedTokens,
    long outputTokens,
    long reasoningTokens,
    long totalTokens) {}

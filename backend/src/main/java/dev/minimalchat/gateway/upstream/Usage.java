package dev.minimalchat.gateway.upstream;

/// What an answer cost, in tokens, as the provider counts them. Cached tokens are a part of the
/// input, reasoning tokens a part of the output.
public record Usage(
    long inputTokens,
    long cachedTokens,
    long outputTokens,
    long reasoningTokens,
    long totalTokens) {}

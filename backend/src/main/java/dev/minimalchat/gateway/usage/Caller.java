package dev.minimalchat.gateway.usage;

import org.jspecify.annotations.Nullable;

/// Who has asked for an answer, for the usage line and the metrics.
///
/// @param route method and path, such as `POST /v1/chat`
/// @param tokenName the name of the API token; null for the page
public record Caller(String route, @Nullable String tokenName) {}

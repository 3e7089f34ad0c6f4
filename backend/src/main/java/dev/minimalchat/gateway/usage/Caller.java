package dev.minimalchat.gateway.usage;

import org.jspecify.annotations.Nullable;

/// Who has asked for an answer, for the usage line and the metrics.
///
/// @param route method and path, such as `POST /v1/chat`
/// @param tokenName the name of the API token, or of the page's access code; null if it has none
/// @param userHash of the user whom a proxy has authenticated; null if none is known
public record Caller(String route, @Nullable String tokenName, @Nullable String userHash) {}

package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One event as servers send it in practice: every field can be missing, and `code` can be a
/// number.
///
/// @param error a nested error, as most servers send it; the published schema has `code` and
///   `message` at the top level instead
@JsonIgnoreProperties(ignoreUnknown = true)
record WireEvent(
    @Nullable String type,
    @Nullable JsonNode delta,
    @Nullable JsonNode response,
    @Nullable JsonNode error,
    @Nullable JsonNode code,
    @Nullable JsonNode message) {

  /// A JSON null counts as no error.
  WireEvent {
    if (error != null && error.isNull()) {
      error = null;
    }
  }
}

package dev.minimalchat.gateway.upstream.openai;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One event as servers really send it: every field may be missing, and `code` may be a number.
///
/// @param error where the server nests it; the published schema has `code` and `message` beside
///   `type` instead
@JsonIgnoreProperties(ignoreUnknown = true)
record WireEvent(
    @Nullable String type,
    @Nullable JsonNode delta,
    @Nullable JsonNode response,
    @Nullable JsonNode error,
    @Nullable JsonNode code,
    @Nullable JsonNode message) {

  /// An error that is null is none.
  WireEvent {
    if (error != null && error.isNull()) {
      error = null;
    }
  }
}

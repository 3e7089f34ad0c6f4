package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.minimalchat.gateway.errors.RedactedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event as servers send it in practice: every field can be missing, and `code` can be a
/// number.
///
/// @param error a nested error, as most servers send it; the published schema has `code` and
///   `message` at the top level instead
@JsonIgnoreProperties(ignoreUnknown = true)
record WireEvent(
    @Nullable String type,
    @Nullable @JsonProperty("output_index") JsonNode outputIndex,
    @Nullable @JsonProperty("content_index") JsonNode contentIndex,
    @Nullable @JsonProperty("summary_index") JsonNode summaryIndex,
    @Nullable @JsonProperty("item_id") JsonNode itemId,
    @Nullable JsonNode delta,
    @Nullable JsonNode arguments,
    @Nullable JsonNode text,
    @Nullable JsonNode refusal,
    @Nullable JsonNode part,
    @Nullable JsonNode item,
    @Nullable JsonNode annotation,
    @Nullable JsonNode response,
    @Nullable JsonNode error,
    @Nullable JsonNode code,
    @Nullable JsonNode message) {
  private static final Logger log = LoggerFactory.getLogger(WireEvent.class);
  private static final ObjectReader WIRE = new JsonMapper().readerFor(WireEvent.class);

  /// A JSON null counts as no error.
  WireEvent {
    if (error != null && error.isNull()) {
      error = null;
    }
  }

  /// Null if it is not a JSON object.
  static @Nullable WireEvent read(ServerSentEvent event) {
    try {
      return WIRE.readValue(event.bytes());
    } catch (IOException e) {
      return readLeniently(event);
    }
  }

  /// Second attempt, for JSON with invalid UTF-8.
  private static @Nullable WireEvent readLeniently(ServerSentEvent event) {
    try {
      return WIRE.readValue(event.data().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      log.debug("ignored an event that is not a JSON object: {}", RedactedException.names(e));
      return null;
    }
  }

  JsonNode itemOrEmpty() {
    return orEmpty(item);
  }

  /// The type of its item; empty if it has none.
  String itemType() {
    return itemOrEmpty().path("type").asText("");
  }

  /// The delta's text. Some servers send it in an object.
  String deltaText() {
    JsonNode node = orEmpty(delta);
    return node.isObject() ? node.path("text").asText("") : node.asText("");
  }

  /// The id of its item; empty if it has none.
  String itemIdOrEmpty() {
    return text(itemId);
  }

  /// The index of the part of a summary, or -1.
  int summary() {
    return index(summaryIndex);
  }

  /// The text of a node; empty if it is not a string.
  static String text(@Nullable JsonNode node) {
    return node != null && node.isTextual() ? node.textValue() : "";
  }

  /// An absent node in place of null.
  static JsonNode orEmpty(@Nullable JsonNode node) {
    return node == null ? MissingNode.getInstance() : node;
  }

  /// The index of the message, or -1.
  int output() {
    return index(outputIndex);
  }

  /// The index of the part in its message, or -1.
  int content() {
    return index(contentIndex);
  }

  private static int index(@Nullable JsonNode index) {
    return index == null ? -1 : index.asInt(-1);
  }
}

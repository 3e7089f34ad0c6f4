package dev.minimalchat.gateway.upstream.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// The kinds of text in an answer, and what the API calls their items, lists, parts and events.
enum Content {
  TEXT("message", "content", "content_part", "output_text", "output_text", "text"),
  REFUSAL("message", "content", "content_part", "refusal", "refusal", "refusal"),
  SUMMARY(
      "reasoning",
      "summary",
      "reasoning_summary_part",
      "reasoning_summary_text",
      "summary_text",
      "text");

  final String itemType;

  /// The field of the item that lists its parts.
  final String list;

  private final String partEvent;
  private final String textEvent;
  private final String partType;

  /// The field of a part, and of its last event, that holds all of its text.
  final String field;

  Content(
      String itemType,
      String list,
      String partEvent,
      String textEvent,
      String partType,
      String field) {
    this.itemType = itemType;
    this.list = list;
    this.partEvent = partEvent;
    this.textEvent = textEvent;
    this.partType = partType;
    this.field = field;
  }

  /// @param phase `added` or `done`
  String partEvent(String phase) {
    return "response." + partEvent + "." + phase;
  }

  /// @param phase `delta` or `done`
  String textEvent(String phase) {
    return "response." + textEvent + "." + phase;
  }

  /// The field that numbers the part within its item.
  String index() {
    return list + "_index";
  }

  void describe(ObjectNode part, String text) {
    part.put("type", partType).put(field, text);
    if (this == TEXT) {
      part.putArray("annotations");
    }
  }
}

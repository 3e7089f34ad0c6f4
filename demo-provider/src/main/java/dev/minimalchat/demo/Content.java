package dev.minimalchat.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The kinds of text in an answer, with the API's names of their items, lists, parts and events.
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
  final String partsField;

  private final String partEvent;
  private final String textEvent;
  private final String partType;

  /// The field of a part, and of its `done` event, that holds the whole text.
  final String textField;

  Content(
      String itemType,
      String partsField,
      String partEvent,
      String textEvent,
      String partType,
      String textField) {
    this.itemType = itemType;
    this.partsField = partsField;
    this.partEvent = partEvent;
    this.textEvent = textEvent;
    this.partType = partType;
    this.textField = textField;
  }

  /// @param phase `added` or `done`
  String partEvent(String phase) {
    return "response." + partEvent + "." + phase;
  }

  /// @param phase `delta` or `done`
  String textEvent(String phase) {
    return "response." + textEvent + "." + phase;
  }

  /// The field that holds the index of the part in its item.
  String indexField() {
    return partsField + "_index";
  }

  /// Fills in the fields of a part.
  void writePart(ObjectNode part, String text, ArrayNode annotations) {
    part.put("type", partType).put(textField, text);
    if (this == TEXT) {
      part.set("annotations", annotations.deepCopy());
    }
  }
}

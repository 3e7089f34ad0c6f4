package dev.minimalchat.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// Writes the events of one output item with a single part, from `added` to `done`.
final class OutputItem {
  private static final JsonMapper JSON = new JsonMapper();

  private final SseWriter events;
  private final Content content;
  private final String id;
  private final int outputIndex;
  private final StringBuilder text = new StringBuilder();
  private final ArrayNode annotations = JSON.createArrayNode();

  OutputItem(SseWriter events, Content content, String id, int outputIndex) {
    this.events = events;
    this.content = content;
    this.id = id;
    this.outputIndex = outputIndex;
  }

  boolean hasContent(Content other) {
    return content == other;
  }

  void start() throws IOException {
    ObjectNode item = item("in_progress");
    item.putArray(content.partsField);
    events.event("response.output_item.added", itemFields(item));
    events.event(content.partEvent("added"), wholePartFields(""));
  }

  void append(String delta) throws IOException {
    text.append(delta);
    events.event(content.textEvent("delta"), partFields().put("delta", delta));
  }

  /// Writes a source of the text so far.
  void annotate(Step.Annotation annotation) throws IOException {
    ObjectNode source = annotations.addObject();
    switch (annotation.source()) {
      case Step.Page(String url, String title) ->
          source
              .put("type", "url_citation")
              .put("start_index", text.length() - annotation.link().length())
              .put("end_index", text.length())
              .put("url", url)
              .put("title", title);
      case Step.Document(String filename) ->
          source
              .put("type", "file_citation")
              .put("index", text.length())
              .put("file_id", "file-" + annotations.size())
              .put("filename", filename);
    }
    ObjectNode fields = partFields().put("annotation_index", annotations.size() - 1);
    fields.set("annotation", source);
    events.event("response.output_text.annotation.added", fields);
  }

  /// Writes the `done` events of the part and the item.
  ///
  /// @param status `completed` or `incomplete`
  /// @return the item as it stands in the output of the response
  ObjectNode finish(String status) throws IOException {
    events.event(content.textEvent("done"), partFields().put(content.textField, text.toString()));
    events.event(content.partEvent("done"), wholePartFields(text.toString()));
    ObjectNode item = item(status);
    content.writePart(item.putArray(content.partsField).addObject(), text.toString(), annotations);
    events.event("response.output_item.done", itemFields(item));
    return item;
  }

  private ObjectNode item(String status) {
    ObjectNode item = JSON.createObjectNode().put("id", id).put("type", content.itemType);
    if (content.itemType.equals("message")) {
      item.put("status", status).put("role", "assistant");
    }
    return item;
  }

  private ObjectNode itemFields(ObjectNode item) {
    ObjectNode fields = JSON.createObjectNode().put("output_index", outputIndex);
    fields.set("item", item);
    return fields;
  }

  private ObjectNode partFields() {
    return JSON.createObjectNode()
        .put("item_id", id)
        .put("output_index", outputIndex)
        .put(content.indexField(), 0);
  }

  private ObjectNode wholePartFields(String text) {
    ObjectNode fields = partFields();
    content.writePart(fields.putObject("part"), text, annotations);
    return fields;
  }
}

package dev.minimalchat.gateway.upstream.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// One item of a response's output with its single part, from `added` to `done`.
final class Item {
  private static final JsonMapper JSON = new JsonMapper();

  private final EventStream events;
  private final Content content;
  private final String id;
  private final int outputIndex;
  private final StringBuilder text = new StringBuilder();

  Item(EventStream events, Content content, String id, int outputIndex) {
    this.events = events;
    this.content = content;
    this.id = id;
    this.outputIndex = outputIndex;
  }

  boolean holds(Content other) {
    return content == other;
  }

  void open() throws IOException {
    ObjectNode item = item("in_progress");
    item.putArray(content.list);
    events.send("response.output_item.added", inOutput(item));
    events.send(content.partEvent("added"), withPart(""));
  }

  void add(String delta) throws IOException {
    text.append(delta);
    events.send(content.textEvent("delta"), inPart().put("delta", delta));
  }

  /// Ends the part and the item.
  ///
  /// @param status `completed` or `incomplete`
  /// @return the item as the response's output lists it
  ObjectNode close(String status) throws IOException {
    events.send(content.textEvent("done"), inPart().put(content.field, text.toString()));
    events.send(content.partEvent("done"), withPart(text.toString()));
    ObjectNode item = item(status);
    content.describe(item.putArray(content.list).addObject(), text.toString());
    events.send("response.output_item.done", inOutput(item));
    return item;
  }

  private ObjectNode item(String status) {
    ObjectNode item = JSON.createObjectNode().put("id", id).put("type", content.itemType);
    if (content.itemType.equals("message")) {
      item.put("status", status).put("role", "assistant");
    }
    return item;
  }

  private ObjectNode inOutput(ObjectNode item) {
    ObjectNode fields = JSON.createObjectNode().put("output_index", outputIndex);
    fields.set("item", item);
    return fields;
  }

  private ObjectNode inPart() {
    return JSON.createObjectNode()
        .put("item_id", id)
        .put("output_index", outputIndex)
        .put(content.index(), 0);
  }

  private ObjectNode withPart(String whole) {
    ObjectNode fields = inPart();
    content.describe(fields.putObject("part"), whole);
    return fields;
  }
}

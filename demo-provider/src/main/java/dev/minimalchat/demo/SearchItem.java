package dev.minimalchat.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// Writes the events of one search, from `added` to `done`.
final class SearchItem {
  private static final JsonMapper JSON = new JsonMapper();

  private final SseWriter events;
  private final String type;
  private final String id;
  private final int outputIndex;

  /// @param type `web_search_call` or `file_search_call`
  SearchItem(SseWriter events, String type, String id, int outputIndex) {
    this.events = events;
    this.type = type;
    this.id = id;
    this.outputIndex = outputIndex;
  }

  void start() throws IOException {
    writeItem("added", item("in_progress"));
    writePhase("in_progress");
    writePhase("searching");
  }

  /// Returns the item as it stands in the output of the response.
  ObjectNode finish() throws IOException {
    ObjectNode item = item("completed");
    item.putArray("queries");
    return finish(item);
  }

  /// As [#finish], of a search of the web.
  ObjectNode finishWeb(String query) throws IOException {
    ObjectNode item = item("completed");
    item.putObject("action")
        .put("type", "search")
        .put("query", query)
        .putArray("queries")
        .add(query);
    return finish(item);
  }

  private ObjectNode finish(ObjectNode item) throws IOException {
    writePhase("completed");
    writeItem("done", item);
    return item;
  }

  private void writePhase(String phase) throws IOException {
    events.event(
        "response." + type + "." + phase,
        JSON.createObjectNode().put("item_id", id).put("output_index", outputIndex));
  }

  private void writeItem(String phase, ObjectNode item) throws IOException {
    ObjectNode fields = JSON.createObjectNode().put("output_index", outputIndex);
    fields.set("item", item);
    events.event("response.output_item." + phase, fields);
  }

  private ObjectNode item(String status) {
    return JSON.createObjectNode().put("id", id).put("type", type).put("status", status);
  }
}

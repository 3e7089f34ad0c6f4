package dev.minimalchat.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes the steps of one answer as a Responses API stream, in the order and with the delays of
/// the steps.
final class ResponseWriter {
  private static final JsonMapper JSON = new JsonMapper();

  /// Matches before each word, so that a word keeps its trailing white space.
  private static final Pattern WORD_START = Pattern.compile("(?<=\\s)(?=\\S)");

  private final SseWriter events;
  private final Sleeper sleeper;
  private final DemoRequest request;
  private final String id;

  /// Seconds since the epoch.
  private final long createdAt;

  private final ArrayNode output = JSON.createArrayNode();
  private @Nullable OutputItem open;
  private int outputTokens;
  private int reasoningTokens;

  /// @param id unique among responses, without the API's prefixes
  ResponseWriter(
      SseWriter events, Sleeper sleeper, DemoRequest request, String id, long createdAt) {
    this.events = events;
    this.sleeper = sleeper;
    this.request = request;
    this.id = id;
    this.createdAt = createdAt;
  }

  /// @throws IOException if the client has disconnected, or on a [Step.Disconnect]
  /// @throws InterruptedException if the provider closes
  void write(List<Step> steps) throws IOException, InterruptedException {
    send("response.created", response("in_progress"));
    send("response.in_progress", response("in_progress"));
    for (Step step : steps) {
      write(step);
    }
  }

  private void write(Step step) throws IOException, InterruptedException {
    switch (step) {
      case Step.Text text -> write(text);
      case Step.WebSearch search -> write(search);
      case Step.FileSearch search -> write(search);
      case Step.Annotation annotation -> itemFor(Content.TEXT).annotate(annotation);
      case Step.Pause pause -> sleeper.sleep(pause.duration());
      case Step.Comment comment -> events.comment(comment.text());
      case Step.Completed _ -> complete();
      case Step.Incomplete incomplete -> incomplete(incomplete.reason());
      case Step.ErrorEvent error -> error(error);
      case Step.Failed failed -> fail(failed);
      case Step.Disconnect _ -> throw new IOException("disconnected by a drill");
    }
  }

  private void write(Step.Text text) throws IOException, InterruptedException {
    OutputItem item = itemFor(text.content());
    for (String word : WORD_START.split(text.text(), -1)) {
      item.append(word);
      sleeper.sleep(text.interval());
    }
    int tokens = DemoRequest.tokens(text.text());
    outputTokens += tokens;
    reasoningTokens += text.content() == Content.SUMMARY ? tokens : 0;
  }

  private void write(Step.WebSearch search) throws IOException, InterruptedException {
    SearchItem item = searchItem("web_search_call", "ws");
    item.start();
    sleeper.sleep(search.duration());
    output.add(item.finishWeb(search.query()));
  }

  private void write(Step.FileSearch search) throws IOException, InterruptedException {
    SearchItem item = searchItem("file_search_call", "fs");
    item.start();
    sleeper.sleep(search.duration());
    output.add(item.finish());
  }

  private SearchItem searchItem(String type, String prefix) throws IOException {
    finishItem("completed");
    return new SearchItem(events, type, prefix + "_" + id + "_" + output.size(), output.size());
  }

  /// Returns the open item if it has the same kind of content; otherwise finishes it and starts
  /// one.
  private OutputItem itemFor(Content content) throws IOException {
    OutputItem item = open;
    if (item != null && item.hasContent(content)) {
      return item;
    }
    finishItem("completed");
    item = new OutputItem(events, content, "item_" + id + "_" + output.size(), output.size());
    item.start();
    open = item;
    return item;
  }

  private void finishItem(String status) throws IOException {
    if (open != null) {
      output.add(open.finish(status));
      open = null;
    }
  }

  private void complete() throws IOException {
    finishItem("completed");
    ObjectNode response = response("completed");
    writeUsage(response.putObject("usage"));
    send("response.completed", response);
  }

  private void incomplete(String reason) throws IOException {
    finishItem("incomplete");
    ObjectNode response = response("incomplete");
    response.putObject("incomplete_details").put("reason", reason);
    writeUsage(response.putObject("usage"));
    send("response.incomplete", response);
  }

  private void error(Step.ErrorEvent error) throws IOException {
    ObjectNode fields = JSON.createObjectNode();
    fields
        .putObject("error")
        .put("type", error.code())
        .put("code", error.code())
        .put("message", error.message())
        .putNull("param");
    events.event("error", fields);
  }

  private void fail(Step.Failed failed) throws IOException {
    ObjectNode response = response("failed");
    response.putObject("error").put("code", failed.code()).put("message", failed.message());
    send("response.failed", response);
  }

  private void send(String type, ObjectNode response) throws IOException {
    ObjectNode fields = JSON.createObjectNode();
    fields.set("response", response);
    events.event(type, fields);
  }

  private ObjectNode response(String status) {
    ObjectNode response =
        JSON.createObjectNode()
            .put("id", "resp_" + id)
            .put("object", "response")
            .put("created_at", createdAt)
            .put("status", status)
            .put("model", request.model())
            .putNull("error")
            .putNull("incomplete_details")
            .putNull("usage");
    response.set("output", output.deepCopy());
    return response;
  }

  private void writeUsage(ObjectNode usage) {
    usage.put("input_tokens", request.inputTokens());
    usage.putObject("input_tokens_details").put("cached_tokens", 0);
    usage.put("output_tokens", outputTokens);
    usage.putObject("output_tokens_details").put("reasoning_tokens", reasoningTokens);
    usage.put("total_tokens", request.inputTokens() + outputTokens);
  }
}

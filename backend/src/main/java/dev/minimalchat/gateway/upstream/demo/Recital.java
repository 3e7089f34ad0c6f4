package dev.minimalchat.gateway.upstream.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Performs the steps of one answer as a Responses stream. It knows the order of the events and the
/// time between them, not why they are as they are.
final class Recital {
  private static final JsonMapper JSON = new JsonMapper();

  /// A word keeps the white space after it.
  private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=\\s)(?=\\S)");

  private final EventStream events;
  private final Pace pace;
  private final Question question;
  private final String id;

  /// Seconds since the epoch.
  private final long createdAt;

  private final ArrayNode output = JSON.createArrayNode();
  private @Nullable Item open;
  private int outputTokens;
  private int reasoningTokens;

  /// @param id tells this answer from others, without the API's prefixes
  Recital(EventStream events, Pace pace, Question question, String id, long createdAt) {
    this.events = events;
    this.pace = pace;
    this.question = question;
    this.id = id;
    this.createdAt = createdAt;
  }

  /// @throws IOException if the client has left, or the answer is to break off
  /// @throws InterruptedException if the endpoint closes
  void perform(List<Step> steps) throws IOException, InterruptedException {
    send("response.created", response("in_progress"));
    send("response.in_progress", response("in_progress"));
    for (Step step : steps) {
      perform(step);
    }
  }

  private void perform(Step step) throws IOException, InterruptedException {
    switch (step) {
      case Step.Say say -> say(say);
      case Step.Pause pause -> pace.rest(pause.duration());
      case Step.Comment comment -> events.comment(comment.text());
      case Step.Completed _ -> complete();
      case Step.Incomplete incomplete -> breakOff(incomplete.reason());
      case Step.Fault fault -> report(fault);
      case Step.Failed failed -> fail(failed);
      case Step.Cut _ -> throw new IOException("the drill asks for a broken connection");
    }
  }

  private void say(Step.Say say) throws IOException, InterruptedException {
    Item item = itemFor(say.content());
    for (String word : BETWEEN_WORDS.split(say.text(), -1)) {
      item.add(word);
      pace.rest(say.each());
    }
    int tokens = Question.tokens(say.text());
    outputTokens += tokens;
    reasoningTokens += say.content() == Content.SUMMARY ? tokens : 0;
  }

  /// Goes on with the open item, or closes it for one of another kind.
  private Item itemFor(Content content) throws IOException {
    Item item = open;
    if (item != null && item.holds(content)) {
      return item;
    }
    close("completed");
    item = new Item(events, content, "item_" + id + "_" + output.size(), output.size());
    item.open();
    open = item;
    return item;
  }

  private void close(String status) throws IOException {
    if (open != null) {
      output.add(open.close(status));
      open = null;
    }
  }

  private void complete() throws IOException {
    close("completed");
    ObjectNode response = response("completed");
    count(response.putObject("usage"));
    send("response.completed", response);
  }

  private void breakOff(String reason) throws IOException {
    close("incomplete");
    ObjectNode response = response("incomplete");
    response.putObject("incomplete_details").put("reason", reason);
    count(response.putObject("usage"));
    send("response.incomplete", response);
  }

  private void report(Step.Fault fault) throws IOException {
    ObjectNode fields = JSON.createObjectNode();
    fields
        .putObject("error")
        .put("type", fault.code())
        .put("code", fault.code())
        .put("message", fault.message())
        .putNull("param");
    events.send("error", fields);
  }

  private void fail(Step.Failed failed) throws IOException {
    ObjectNode response = response("failed");
    response.putObject("error").put("code", failed.code()).put("message", failed.message());
    send("response.failed", response);
  }

  private void send(String type, ObjectNode response) throws IOException {
    ObjectNode fields = JSON.createObjectNode();
    fields.set("response", response);
    events.send(type, fields);
  }

  private ObjectNode response(String status) {
    ObjectNode response =
        JSON.createObjectNode()
            .put("id", "resp_" + id)
            .put("object", "response")
            .put("created_at", createdAt)
            .put("status", status)
            .put("model", question.model())
            .putNull("error")
            .putNull("incomplete_details")
            .putNull("usage");
    response.set("output", output.deepCopy());
    return response;
  }

  private void count(ObjectNode usage) {
    usage.put("input_tokens", question.tokens());
    usage.putObject("input_tokens_details").put("cached_tokens", 0);
    usage.put("output_tokens", outputTokens);
    usage.putObject("output_tokens_details").put("reasoning_tokens", reasoningTokens);
    usage.put("total_tokens", question.tokens() + outputTokens);
  }
}

package dev.minimalchat.gateway.upstream.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the demo makes of a request: the model asked for, and what the user has said so far. It
/// forgets what was answered, since every answer follows from what was said.
///
/// @param said the user's messages in order, at least one; the last is the one to answer
/// @param tokens the estimated size of the whole input
record Question(String model, List<String> said, int tokens) {
  private static final JsonMapper JSON = new JsonMapper();

  Question {
    said = List.copyOf(said);
  }

  /// Reads a request's body; fields the demo has no use for are passed over.
  ///
  /// @throws Unreadable if a real provider would answer 400
  static Question read(byte[] body) throws Unreadable {
    JsonNode request = parse(body);
    if (!request.path("model").isTextual()) {
      throw new Unreadable("model", "Missing required parameter: 'model'.");
    }
    if (!request.path("stream").asBoolean()) {
      throw new Unreadable("stream", "The demo only streams: set 'stream' to true.");
    }
    List<String> said = new ArrayList<>();
    int tokens = tokens(request.path("instructions").asText(""));
    for (JsonNode item : items(request.path("input"))) {
      String text = text(item.path("content"));
      tokens += tokens(text);
      if (item.path("role").asText().equals("user")) {
        said.add(text);
      }
    }
    if (said.isEmpty()) {
      throw new Unreadable("input", "Missing a message of the user in 'input'.");
    }
    return new Question(request.path("model").asText(), said, tokens);
  }

  /// About four characters each, as English text in common vocabularies.
  static int tokens(String text) {
    return (text.length() + 3) / 4;
  }

  String last() {
    return said.getLast();
  }

  boolean first() {
    return said.size() == 1;
  }

  private static JsonNode parse(byte[] body) throws Unreadable {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new Unreadable(null, "The body is not JSON.");
    }
  }

  /// A plain string stands for one message of the user.
  private static JsonNode items(JsonNode input) throws Unreadable {
    if (input.isTextual()) {
      var items = JSON.createArrayNode();
      items.addObject().put("role", "user").set("content", input);
      return items;
    }
    if (!input.isArray()) {
      throw new Unreadable("input", "Invalid type for 'input': expected a string or an array.");
    }
    return input;
  }

  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }
}

package dev.minimalchat.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The parts of a Responses API request that the demo uses. It ignores the model's earlier answers.
///
/// @param userMessages in order, at least one; the last is the one to answer
/// @param inputTokens the estimated size of the whole input
/// @param wantsSummary whether it asks for a summary of the reasoning
/// @param wantsSearch whether the model may search the web
/// @param attachments of the last message
/// @param earlierAttachments of the messages before it
record DemoRequest(
    String model,
    List<String> userMessages,
    int inputTokens,
    boolean wantsSummary,
    boolean wantsSearch,
    List<Attachment> attachments,
    int earlierAttachments) {
  private static final String BRIEF_MODEL = "demo-brief";
  private static final JsonMapper JSON = new JsonMapper();
  private static final int TOKENS_PER_ATTACHMENT = 1000;
  private static final int CHARS_PER_TOKEN = 4; // English text in common vocabularies

  DemoRequest {
    userMessages = List.copyOf(userMessages);
    attachments = List.copyOf(attachments);
  }

  /// Parses a request body and ignores fields that the demo does not use.
  ///
  /// @throws BadRequestException if a real provider would answer 400
  static DemoRequest parse(byte[] body) throws BadRequestException {
    JsonNode request = json(body);
    if (!request.path("model").isTextual()) {
      throw new BadRequestException("model", "Missing required parameter: 'model'.");
    }
    if (!request.path("stream").asBoolean()) {
      throw new BadRequestException("stream", "The demo only streams: set 'stream' to true.");
    }
    List<String> userMessages = new ArrayList<>();
    int inputTokens = tokens(request.path("instructions").asText(""));
    List<Attachment> attachments = List.of();
    int earlierAttachments = 0;
    for (JsonNode item : items(request.path("input"))) {
      String text = text(item.path("content"));
      inputTokens += tokens(text);
      if (item.path("role").asText().equals("user")) {
        userMessages.add(text);
        earlierAttachments += attachments.size();
        attachments = Attachment.of(item.path("content"));
        inputTokens += attachments.size() * TOKENS_PER_ATTACHMENT;
      }
    }
    if (userMessages.isEmpty()) {
      throw new BadRequestException("input", "Missing a message of the user in 'input'.");
    }
    return new DemoRequest(
        request.path("model").asText(),
        userMessages,
        inputTokens,
        request.path("reasoning").hasNonNull("summary"),
        hasWebSearch(request.path("tools")),
        attachments,
        earlierAttachments);
  }

  /// An estimate, rounded up.
  static int tokens(String text) {
    return Math.ceilDiv(text.length(), CHARS_PER_TOKEN);
  }

  String lastMessage() {
    return userMessages.getLast();
  }

  /// Whether the second model is asked, which is brief.
  boolean isBrief() {
    return model.equals(BRIEF_MODEL);
  }

  private static boolean hasWebSearch(JsonNode tools) {
    for (JsonNode tool : tools) {
      if (tool.path("type").asText().contains("web_search")) {
        return true;
      }
    }
    return false;
  }

  boolean isFirst() {
    return userMessages.size() == 1;
  }

  private static JsonNode json(byte[] body) throws BadRequestException {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new BadRequestException(null, "The body is not JSON.");
    }
  }

  /// A plain string is one message of the user.
  private static JsonNode items(JsonNode input) throws BadRequestException {
    if (input.isTextual()) {
      var items = JSON.createArrayNode();
      items.addObject().put("role", "user").set("content", input);
      return items;
    }
    if (!input.isArray()) {
      throw new BadRequestException(
          "input", "Invalid type for 'input': expected a string or an array.");
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

package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A text of the model for the user, as it stands in a part, an item or the whole output.
/// Reasoning, tool calls and the messages of others have none.
record OutputText(String text, boolean isRefusal) {
  private static final Set<String> TEXT_TYPES = Set.of("output_text", "text", "");

  /// @param part an element of a message's content
  static List<OutputText> ofPart(JsonNode part) {
    if (part.isTextual()) {
      return ofText(part, false);
    }
    if (part.hasNonNull("refusal")) {
      return ofText(part.path("refusal"), true);
    }
    boolean isText = TEXT_TYPES.contains(part.path("type").asText());
    return isText ? ofText(part.path("text"), false) : List.of();
  }

  static long length(List<OutputText> texts) {
    return texts.stream().mapToLong(it -> it.text().length()).sum();
  }

  /// None if it is empty.
  static List<OutputText> of(String text, boolean isRefusal) {
    return text.isEmpty() ? List.of() : List.of(new OutputText(text, isRefusal));
  }

  /// @param text a string; anything else is no text
  static List<OutputText> ofText(JsonNode text, boolean isRefusal) {
    return of(WireEvent.text(text), isRefusal);
  }

  /// @param item an element of the output; some servers send its content as a string
  static List<OutputText> ofItem(JsonNode item) {
    boolean isAnswer =
        item.path("type").asText("message").equals("message")
            && item.path("role").asText("assistant").equals("assistant");
    JsonNode content = item.path("content");
    List<OutputText> texts = new ArrayList<>();
    if (isAnswer && content.isTextual()) {
      texts.addAll(ofText(content, false));
    } else if (isAnswer) {
      content.forEach(part -> texts.addAll(ofPart(part)));
    }
    return texts;
  }

  /// The messages that have text. Some servers send it beside the output, in `output_text`.
  static List<OutputMessage> ofResponse(JsonNode response) {
    List<OutputMessage> messages = new ArrayList<>();
    response
        .path("output")
        .forEach(item -> messages.add(new OutputMessage(item.path("phase"), ofItem(item))));
    messages.removeIf(message -> message.texts().isEmpty());
    List<OutputText> beside = ofText(response.path("output_text"), false);
    return messages.isEmpty() && !beside.isEmpty()
        ? List.of(new OutputMessage(WireEvent.orEmpty(null), beside))
        : messages;
  }

  /// A message of the output.
  record OutputMessage(JsonNode phase, List<OutputText> texts) {}
}

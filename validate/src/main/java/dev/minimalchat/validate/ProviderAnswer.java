package dev.minimalchat.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a provider has answered to one request.
///
/// @param status the HTTP status
/// @param events of the stream; the error document if the status is none of success
record ProviderAnswer(int status, List<JsonNode> events) {
  private static final JsonMapper JSON = new JsonMapper();

  static ProviderAnswer of(int status, String body) {
    List<JsonNode> events =
        status / 100 == 2
            ? body.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> json(line.substring("data:".length())))
                .filter(Objects::nonNull)
                .toList()
            : List.of(Objects.requireNonNullElse(json(body), JSON.createObjectNode()));
    return new ProviderAnswer(status, List.copyOf(events));
  }

  /// Whether it ended as an answer does.
  boolean isAnswer() {
    return has(type -> type.equals("response.completed") || type.equals("response.incomplete"));
  }

  /// Whether an event has such a type.
  boolean has(Predicate<String> type) {
    return events.stream().anyMatch(event -> type.test(event.path("type").asText()));
  }

  /// Whether an item of the output has such a type.
  boolean hasItem(Predicate<String> type) {
    return events.stream().anyMatch(event -> type.test(event.at("/item/type").asText()));
  }

  String text() {
    return events.stream()
        .filter(event -> event.path("type").asText().equals("response.output_text.delta"))
        .map(event -> event.path("delta").asText())
        .collect(Collectors.joining());
  }

  /// Why it is no answer: only a status, and a code that is a word, because messages can quote
  /// keys.
  String problem() {
    String code =
        events.stream()
            .flatMap(event ->
                List.of(event.at("/error/code"), event.at("/response/error/code")).stream())
            .map(JsonNode::asText)
            .filter(word -> word.matches("[a-z_]{1,60}"))
            .findFirst()
            .orElse("");
    String status = this.status / 100 == 2 ? "no answer" : "status " + this.status;
    return code.isEmpty() ? status : status + ", " + code;
  }

  private static @Nullable JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}

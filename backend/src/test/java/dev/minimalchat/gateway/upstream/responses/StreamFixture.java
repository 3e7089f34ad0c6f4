package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A provider's stream. Its expected text and terminal event come from an independent, simple
/// parser.
///
/// @param body the response body
record StreamFixture(String name, String body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TEXT = "response.output_text.delta";
  private static final Set<String> TERMINAL_TYPES =
      Set.of("response.completed", "response.incomplete", "response.failed", "error");

  static Stream<StreamFixture> all() {
    return Stream.concat(own(), SharedFixtures.list("streams").flatMap(StreamFixture::shared));
  }

  byte[] bytes() {
    return body.getBytes(UTF_8);
  }

  /// The text of all text deltas or, in an abridged recording, the done text that they begin.
  String text() {
    String deltas = texts(TEXT, "delta").collect(Collectors.joining());
    return texts("response.output_text.done", "text")
        .filter(done -> done.startsWith(deltas))
        .findFirst()
        .orElse(deltas);
  }

  /// The deltas of this kind of text.
  String join(String kind) {
    return texts("response." + kind + ".delta", "delta").collect(Collectors.joining());
  }

  private Stream<String> texts(String type, String field) {
    return events()
        .filter(event -> event.path("type").asText().equals(type))
        .map(event -> event.path(field).asText());
  }

  /// The terminal event; a missing node if the stream ends before it.
  JsonNode terminalEvent() {
    return events()
        .filter(event -> TERMINAL_TYPES.contains(event.path("type").asText()))
        .findFirst()
        .orElse(JSON.missingNode());
  }

  /// The JSON of each complete event.
  private Stream<JsonNode> events() {
    List<String> blocks = new ArrayList<>(Arrays.asList(body.split("\n\n", -1)));
    blocks.removeLast();
    return blocks.stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("data: {"))
        .map(line -> parse(line.substring("data: ".length())));
  }

  private static Stream<StreamFixture> shared(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".sse")) {
      return Stream.of(new StreamFixture(name, text(file)));
    }
    return name.endsWith(".jsonl") ? asSse(name, text(file).lines().toList()) : Stream.of();
  }

  /// The events as SSE with and without an `event` field, as servers send them.
  private static Stream<StreamFixture> asSse(String name, List<String> events) {
    Function<String, String> named =
        event -> "event: " + parse(event).path("type").asText() + "\ndata: " + event + "\n\n";
    return Stream.of(
        new StreamFixture(name + " with event fields", concat(events, named)),
        new StreamFixture(
            name + " without event fields", concat(events, event -> "data: " + event + "\n\n")));
  }

  private static String concat(List<String> events, Function<String, String> frame) {
    return events.stream().map(frame).collect(Collectors.joining());
  }

  private static Stream<StreamFixture> own() {
    String created =
        "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"model\":\"m\"}}";
    String completed =
        "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"usage\":{\"input_tokens\":3,\"output_tokens\":4,\"total_tokens\":7}}}";
    return Stream.of(
            asSse(
                "text in many scripts",
                List.of(
                    created,
                    "{\"type\":\"response.output_text.delta\",\"delta\":\"Grüße, \"}",
                    "{\"type\":\"response.output_text.delta\",\"delta\":\"мир 世界 👩‍👩‍👧‍👦\"}",
                    "{\"type\":\"response.output_text.delta\",\"delta\":\"\\n\\n```\\n\\u00e9\\u2028\\\"\"}",
                    completed)),
            asSse(
                "reasoning before the text",
                List.of(
                    created,
                    "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":\"reasoning\"}}",
                    "{\"type\":\"response.reasoning_text.delta\",\"delta\":\"Hidden.\"}",
                    "{\"type\":\"response.reasoning_summary_text.delta\",\"delta\":\"Hidden.\"}",
                    "{\"type\":\"response.reasoning_text.done\",\"text\":\"Hidden.\"}",
                    "{\"type\":\"response.output_text.delta\",\"output_index\":1,\"delta\":\"Yes.\"}",
                    completed)),
            asSse(
                "incomplete response",
                List.of(
                    "{\"type\":\"response.output_text.delta\",\"delta\":\"Once\"}",
                    "{\"type\":\"response.incomplete\",\"response\":{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}}")),
            asSse(
                "stream without terminal event",
                List.of(created, "{\"type\":\"response.output_text.delta\",\"delta\":\"Once\"}")),
            Stream.of(
                new StreamFixture(
                    "comments and [DONE]",
                    ": PROCESSING\n\ndata: %s\n\n: PROCESSING\n\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\ndata: %s\n\ndata: [DONE]\n\n"
                        .formatted(created, completed)),
                new StreamFixture(
                    "event field after the data",
                    "data: %s\nevent: response.created\n\n: still here\n\ndata: {\"delta\":\"🎉\",\"type\":\"response.output_text.delta\"}\nevent: response.output_text.delta\n\ndata: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"usage\":null}}\nevent: response.completed\n\n"
                        .formatted(created)),
                new StreamFixture(
                    "stream that ends inside an event",
                    "data: %s\n\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"Once\"}\n\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\" more\"}\n"
                        .formatted(created))))
        .flatMap(Function.identity());
  }

  private static String text(Path file) {
    return new String(SharedFixtures.bytes(file), UTF_8);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

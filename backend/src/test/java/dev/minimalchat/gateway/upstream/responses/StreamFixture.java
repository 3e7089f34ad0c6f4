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

/// A provider's stream, and what it says by a reading of its own that is as plain as can be.
///
/// @param body what goes over the wire
record StreamFixture(String name, String body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TEXT = "response.output_text.delta";
  private static final Set<String> ENDS =
      Set.of("response.completed", "response.incomplete", "response.failed", "error");

  static Stream<StreamFixture> all() {
    return Stream.concat(own(), SharedFixtures.list("streams").flatMap(StreamFixture::shared));
  }

  byte[] bytes() {
    return body.getBytes(UTF_8);
  }

  /// All deltas of the answer's text.
  String text() {
    return events()
        .filter(event -> event.path("type").asText().equals(TEXT))
        .map(event -> event.path("delta").asText())
        .collect(Collectors.joining());
  }

  /// The first event that ends an answer; a missing node where the stream was cut before it.
  JsonNode end() {
    return events()
        .filter(event -> ENDS.contains(event.path("type").asText()))
        .findFirst()
        .orElse(JSON.missingNode());
  }

  /// The JSON of each event that is whole.
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
    return name.endsWith(".jsonl") ? framed(name, text(file).lines().toList()) : Stream.of();
  }

  /// Events without a frame, in both of the frames that servers give them.
  private static Stream<StreamFixture> framed(String name, List<String> events) {
    Function<String, String> named =
        event -> "event: " + parse(event).path("type").asText() + "\ndata: " + event + "\n\n";
    return Stream.of(
        new StreamFixture(name + " with names", concat(events, named)),
        new StreamFixture(
            name + " without names", concat(events, event -> "data: " + event + "\n\n")));
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
            framed(
                "text in many scripts",
                List.of(
                    created,
                    "{\"type\":\"response.output_text.delta\",\"delta\":\"Grüße, \"}",
                    "{\"type\":\"response.output_text.delta\",\"delta\":\"мир 世界 👩‍👩‍👧‍👦\"}",
                    "{\"type\":\"response.output_text.delta\",\"delta\":\"\\n\\n```\\n\\u00e9\\u2028\\\"\"}",
                    completed)),
            framed(
                "reasoning before the text",
                List.of(
                    created,
                    "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":\"reasoning\"}}",
                    "{\"type\":\"response.reasoning_text.delta\",\"delta\":\"Hidden.\"}",
                    "{\"type\":\"response.reasoning_summary_text.delta\",\"delta\":\"Hidden.\"}",
                    "{\"type\":\"response.reasoning_text.done\",\"text\":\"Hidden.\"}",
                    "{\"type\":\"response.output_text.delta\",\"output_index\":1,\"delta\":\"Yes.\"}",
                    completed)),
            framed(
                "cut short",
                List.of(
                    "{\"type\":\"response.output_text.delta\",\"delta\":\"Once\"}",
                    "{\"type\":\"response.incomplete\",\"response\":{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}}")),
            framed(
                "broken off",
                List.of(created, "{\"type\":\"response.output_text.delta\",\"delta\":\"Once\"}")),
            Stream.of(
                new StreamFixture(
                    "comments and an end of its own",
                    ": PROCESSING\n\ndata: %s\n\n: PROCESSING\n\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\ndata: %s\n\ndata: [DONE]\n\n"
                        .formatted(created, completed)),
                new StreamFixture(
                    "names behind the data",
                    "data: %s\nevent: response.created\n\n: still here\n\ndata: {\"delta\":\"🎉\",\"type\":\"response.output_text.delta\"}\nevent: response.output_text.delta\n\ndata: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"usage\":null}}\nevent: response.completed\n\n"
                        .formatted(created)),
                new StreamFixture(
                    "cut inside an event",
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

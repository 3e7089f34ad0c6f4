package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A stream and its expected events, which are the same for every chunking.
final class SseCase {
  final String title;
  final byte[] input;
  final List<ParsedEvent> events;

  /// Additional chunkings, each a list of offsets.
  final List<int[]> cuts;

  SseCase(String title, byte[] input, List<ParsedEvent> events, List<int[]> cuts) {
    this.title = title;
    this.input = input;
    this.events = events;
    this.cuts = cuts;
  }

  /// The shared cases, if they exist.
  static Stream<SseCase> shared() {
    return SharedFixtures.cases("sse-cases.json").map(SseCase::of);
  }

  static SseCase of(String title, String input, ParsedEvent... events) {
    return new SseCase(title, input.getBytes(UTF_8), List.of(events), List.of());
  }

  private static SseCase of(JsonNode example) {
    return new SseCase(
        example.path("id").asText() + ": " + example.path("title").asText(),
        input(example),
        events(example),
        example.path("splits").valueStream().map(SseCase::offsets).toList());
  }

  private static byte[] input(JsonNode example) {
    if (example.has("input_base64")) {
      return Base64.getDecoder().decode(example.path("input_base64").asText());
    }
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    for (JsonNode part : example.path("input_parts")) {
      String text = part.path("utf8").asText().repeat(part.path("repeat").asInt(1));
      input.writeBytes(text.getBytes(UTF_8));
    }
    return input.toByteArray();
  }

  private static List<ParsedEvent> events(JsonNode example) {
    return example.has("events_count")
        ? Collections.nCopies(
            example.path("events_count").asInt(), ParsedEvent.of(example.path("events_all_equal")))
        : example.path("events").valueStream().map(ParsedEvent::of).toList();
  }

  private static int[] offsets(JsonNode cuts) {
    return cuts.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  /// @param data the data, or its length and digest if it is long
  record ParsedEvent(String type, String data, String lastEventId) {
    private static final int DIGEST_MIN_LENGTH = 8000;

    static ParsedEvent of(String type, String data, String lastEventId) {
      boolean isShort = data.length() < DIGEST_MIN_LENGTH;
      return new ParsedEvent(
          type, isShort ? data : data.length() + " " + digest(data), lastEventId);
    }

    static ParsedEvent of(JsonNode event) {
      String data =
          event.has("data")
              ? event.path("data").asText()
              : event.path("data_length").asText() + " " + event.path("data_sha256").asText();
      return of(event.path("type").asText(), data, event.path("lastEventId").asText());
    }

    private static String digest(String data) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(data.getBytes(UTF_8));
        return HexFormat.of().formatHex(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }
}

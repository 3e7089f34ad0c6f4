package dev.minimalchat.gateway.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.upstream.openai.SseReader.EventTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The reader against the standard: our own cases, and those that the standard's and others' test
/// suites have, each read whole, byte by byte and cut at every place.
class SseCasesTest {
  private static final int BOUND = 4 << 20;
  private static final int SHORT = 400;

  private record Event(String type, String data, String lastEventId) {}

  @Test
  void readsLinesThatEndInLfCrAndCrlf() throws IOException {
    byte[] input = utf8("data: a\ndata: b\r\rdata: c\r\n\r\nevent: e\r\ndata:d\n\n");
    for (int cut = 0; cut <= input.length; cut++) {
      assertThat(read(PiecewiseStream.cutAt(input, cut)))
          .containsExactly(
              new Event("message", "a\nb", ""),
              new Event("message", "c", ""),
              new Event("e", "d", ""));
    }
  }

  @Test
  void dropsAnEventThatTheEndCutsOff() throws IOException {
    assertThat(read(stream("data: whole\n\ndata: half\n")))
        .containsExactly(new Event("message", "whole", ""));
  }

  @Test
  void keepsACharacterThatIsSplitBetweenReads() throws IOException {
    assertThat(read(PiecewiseStream.of(utf8("data: 😀 ї 漢\n\n"), 1)))
        .containsExactly(new Event("message", "😀 ї 漢", ""));
  }

  @Test
  void passesCommentsUnknownFieldsAndRetryOver() throws IOException {
    assertThat(read(stream(": ping\nretry: 10\nfoo: bar\ndata: a\n\n: ping\n\n")))
        .containsExactly(new Event("message", "a", ""));
  }

  @Test
  void isReadyOnlyWhenAWholeEventIsHere() throws IOException {
    byte[] input = utf8("data: a\n\ndata: b\n\ndata: c");
    SseReader reader = new SseReader(new ByteArrayInputStream(input), BOUND);

    assertThat(reader.ready()).isFalse();
    assertThat(reader.next()).isNotNull();
    assertThat(reader.ready()).isTrue();
    assertThat(reader.next()).isNotNull();
    assertThat(reader.ready()).isFalse();
    assertThat(reader.next()).isNull();
  }

  @Test
  void refusesAnEventThatIsLargerThanTheBound() {
    assertThatThrownBy(() -> read(stream("data: " + "x".repeat(2000) + "\n\n"), 1000))
        .isInstanceOf(EventTooLargeException.class);
    assertThatThrownBy(() -> read(stream("data: 0123456789\n".repeat(200) + "\n"), 1000))
        .isInstanceOf(EventTooLargeException.class);
  }

  @Test
  void holdsNoMoreThanTheBoundOfALineWithoutEnd() {
    InputStream endless =
        new InputStream() {
          private long left = 200L << 20;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            left -= length;
            return left > 0 ? length : -1;
          }
        };
    assertThatThrownBy(() -> read(endless, 1 << 20)).isInstanceOf(EventTooLargeException.class);
  }

  @TestFactory
  Stream<DynamicTest> readsWhatOthersRecorded() {
    return SharedFixtures.find("sse-cases.json").stream()
        .flatMap(SseCasesTest::cases)
        .map(given ->
            DynamicTest.dynamicTest(
                given.path("id").asText() + ": " + given.path("title").asText(),
                () -> readsHoweverItIsCut(given)));
  }

  private static void readsHoweverItIsCut(JsonNode given) throws IOException {
    byte[] input = input(given);
    List<Event> expected = read(new ByteArrayInputStream(input));
    assertThat(expected).hasSize(given.path("events_count").asInt(given.path("events").size()));
    for (int i = 0; i < expected.size(); i++) {
      assertMatches(
          expected.get(i),
          given.has("events_all_equal")
              ? given.path("events_all_equal")
              : given.path("events").path(i));
    }
    assertThat(read(PiecewiseStream.of(input, 1))).isEqualTo(expected);
    for (JsonNode split : given.path("splits")) {
      int[] cuts =
          StreamSupport.stream(split.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
      assertThat(read(PiecewiseStream.cutAt(input, cuts))).isEqualTo(expected);
    }
    int everywhere = input.length <= SHORT ? input.length : 0;
    for (int cut : IntStream.range(0, everywhere).toArray()) {
      assertThat(read(PiecewiseStream.cutAt(input, cut))).isEqualTo(expected);
    }
  }

  private static void assertMatches(Event event, JsonNode expected) {
    assertThat(event.type()).isEqualTo(expected.path("type").asText());
    assertThat(event.lastEventId()).isEqualTo(expected.path("lastEventId").asText());
    if (expected.has("data")) {
      assertThat(event.data()).isEqualTo(expected.path("data").asText());
    } else {
      assertThat(event.data()).hasSize(expected.path("data_length").asInt());
    }
  }

  private static Stream<JsonNode> cases(Path file) {
    try {
      JsonNode cases = new JsonMapper().readTree(file.toFile()).path("cases");
      return StreamSupport.stream(cases.spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] input(JsonNode given) {
    if (given.has("input_base64")) {
      return Base64.getDecoder().decode(given.path("input_base64").asText());
    }
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    for (JsonNode part : given.path("input_parts")) {
      input.writeBytes(utf8(part.path("utf8").asText().repeat(part.path("repeat").asInt(1))));
    }
    return input.toByteArray();
  }

  private static List<Event> read(InputStream in) throws IOException {
    return read(in, BOUND);
  }

  private static List<Event> read(InputStream in, int bound) throws IOException {
    SseReader reader = new SseReader(in, bound);
    List<Event> events = new ArrayList<>();
    for (var event = reader.next(); event != null; event = reader.next()) {
      events.add(new Event(event.type(), event.data(), event.lastEventId()));
    }
    return events;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.SseReaders.nextEvent;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.minimalchat.gateway.upstream.responses.SseCase.ParsedEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Parsing by the WHATWG standard (HTML, section 9.2.6).
class SseReaderTest {
  private static final int MAX_EVENT_BYTES = 4 << 20;

  /// Inputs up to this length are split at every position.
  private static final int ALL_CUTS_MAX_BYTES = 4096;

  @TestFactory
  Stream<DynamicTest> parsesTheSameEventsForEveryChunking() {
    return Stream.concat(ownCases(), SseCase.shared())
        .map(example -> dynamicTest(example.title, () -> assertParses(example)));
  }

  @Test
  void returnsNullAgainAfterTheEndOfTheStream() throws IOException {
    SseReader reader =
        SseReaders.reader(new ByteArrayInputStream("data: a".getBytes(UTF_8)), MAX_EVENT_BYTES);

    assertThat(reader.next()).isNull();
    assertThat(reader.next()).isNull();
  }

  @Test
  void propagatesAnIoExceptionOfTheStream() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();

    assertThatThrownBy(() -> SseReaders.reader(broken, MAX_EVENT_BYTES).next())
        .isInstanceOf(IOException.class)
        .hasMessage("Stream closed");
  }

  @Test
  void reportsACommentAtOnce() throws IOException {
    InputStream stalled = ChunkedInputStream.of(": ping\n".getBytes(UTF_8), 7);

    assertThat(SseReaders.reader(stalled, MAX_EVENT_BYTES).next())
        .isSameAs(ServerSentEvent.COMMENT);
  }

  @Test
  void aCommentInsideAnEventIsPartOfIt() throws IOException {
    InputStream in = new ByteArrayInputStream("data: a\n: ping\ndata: b\n\n".getBytes(UTF_8));

    assertThat(SseReaders.reader(in, MAX_EVENT_BYTES).next())
        .isNotNull()
        .extracting(ServerSentEvent::data)
        .isEqualTo("a\nb");
  }

  private static void assertParses(SseCase example) throws IOException {
    byte[] input = example.input;
    assertThat(read(new ByteArrayInputStream(input))).as("whole").isEqualTo(example.events);
    assertThat(read(ChunkedInputStream.of(input, 1))).as("byte by byte").isEqualTo(example.events);
    if (input.length <= ALL_CUTS_MAX_BYTES) {
      for (int cut = 1; cut < input.length; cut++) {
        assertThat(read(ChunkedInputStream.cutAt(input, cut)))
            .as("cut at %d", cut)
            .isEqualTo(example.events);
      }
    }
    for (int[] cuts : example.cuts) {
      assertThat(read(ChunkedInputStream.cutAt(input, cuts)))
          .as("cut at %s", cuts)
          .isEqualTo(example.events);
    }
  }

  private static List<ParsedEvent> read(InputStream in) throws IOException {
    SseReader reader = SseReaders.reader(in, MAX_EVENT_BYTES);
    List<ParsedEvent> events = new ArrayList<>();
    for (var event = nextEvent(reader); event != null; event = nextEvent(reader)) {
      events.add(ParsedEvent.of(event.type(), event.data(), event.lastEventId()));
    }
    return events;
  }

  private static Stream<SseCase> ownCases() {
    return Stream.of(
        SseCase.of("an empty stream", ""),
        SseCase.of("one event", "data: a\n\n", message("a")),
        SseCase.of("an event type", "event: x\ndata: a\n\n", ParsedEvent.of("x", "a", "")),
        SseCase.of(
            "the type after the data", "data: a\nevent: x\n\n", ParsedEvent.of("x", "a", "")),
        SseCase.of(
            "the last type applies",
            "event: x\nevent: y\ndata: a\n\n",
            ParsedEvent.of("y", "a", "")),
        SseCase.of("a type applies to one event", "event: x\n\ndata: a\n\n", message("a")),
        SseCase.of(
            "an id applies to later events",
            "id: 7\ndata: a\n\ndata: b\n\n",
            withId7("a"),
            withId7("b")),
        SseCase.of("an id with NUL is ignored", "id: 1\0\ndata: a\n\n", message("a")),
        SseCase.of("several data lines", "data: a\ndata: b\ndata\n\n", message("a\nb\n")),
        SseCase.of("all line ends", "data: a\rdata: b\r\ndata: c\n\r\n", message("a\nb\nc")),
        SseCase.of(
            "all ends of an event",
            "data: a\r\rdata: b\r\n\r\nevent: x\ndata: c\n\n",
            message("a"),
            message("b"),
            ParsedEvent.of("x", "c", "")),
        SseCase.of("a CR ends a line immediately", "data: a\r\r", message("a")),
        SseCase.of("only one leading space is removed", "data:  a\n\n", message(" a")),
        SseCase.of("no leading space", "data:a\n\n", message("a")),
        SseCase.of("a colon in the data", "data: a: b\n\n", message("a: b")),
        SseCase.of("a comment", ": data: a\n\n:\ndata: b\n\n", message("b")),
        SseCase.of(
            "unknown fields", "Data: a\ndata : b\n data: c\nretry: 5\ndata: d\n\n", message("d")),
        SseCase.of("a byte order mark", "\ufeffdata: a\n\n", message("a")),
        SseCase.of("a second byte order mark", "\ufeff\ufeffdata: a\n\ndata: b\n\n", message("b")),
        SseCase.of(
            "a byte order mark inside the stream", "data: a\n\n\ufeffdata: b\n\n", message("a")),
        SseCase.of("multi-byte characters", "data: é€😀👩‍👩‍👧\n\n", message("é€😀👩‍👩‍👧")),
        SseCase.of(
            "other Unicode line separators",
            "data: a\u2028\u0085\u000bb\n\n",
            message("a\u2028\u0085\u000bb")),
        SseCase.of("an incomplete event", "data: a\n\ndata: b\n", message("a")),
        SseCase.of("an incomplete line", "data: a\n\ndata: b", message("a")),
        SseCase.of(
            "a line longer than the buffer",
            "data: " + "é".repeat(2500) + "\n\ndata: b\n\n",
            message("é".repeat(2500)),
            message("b")),
        new SseCase(
            "invalid UTF-8",
            "data: a\377b\n\n".getBytes(ISO_8859_1),
            List.of(message("a\ufffdb")),
            List.of()));
  }

  private static ParsedEvent message(String data) {
    return ParsedEvent.of("message", data, "");
  }

  private static ParsedEvent withId7(String data) {
    return ParsedEvent.of("message", data, "7");
  }
}

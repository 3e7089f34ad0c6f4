package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.minimalchat.gateway.upstream.responses.SseCase.Seen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the standard says that a stream means.
class SseReaderTest {
  private static final int BOUND = 4 << 20;

  /// Inputs up to this length are cut at every position.
  private static final int SHORT = 4096;

  @TestFactory
  Stream<DynamicTest> readsTheSameHoweverItIsCut() {
    return Stream.concat(ownCases(), SseCase.shared())
        .map(example -> dynamicTest(example.title, () -> assertReads(example)));
  }

  @Test
  void staysAtTheEnd() throws IOException {
    SseReader reader = new SseReader(new ByteArrayInputStream("data: a".getBytes(UTF_8)), BOUND);

    assertThat(reader.next()).isNull();
    assertThat(reader.next()).isNull();
  }

  @Test
  void passesOnWhatTheConnectionThrows() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();

    assertThatThrownBy(() -> new SseReader(broken, BOUND).next())
        .isInstanceOf(IOException.class)
        .hasMessage("Stream closed");
  }

  private static void assertReads(SseCase example) throws IOException {
    byte[] input = example.input;
    assertThat(read(new ByteArrayInputStream(input))).as("whole").isEqualTo(example.events);
    assertThat(read(ChunkedInputStream.of(input, 1))).as("byte by byte").isEqualTo(example.events);
    if (input.length <= SHORT) {
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

  private static List<Seen> read(InputStream in) throws IOException {
    SseReader reader = new SseReader(in, BOUND);
    List<Seen> events = new ArrayList<>();
    for (ServerSentEvent event = reader.next(); event != null; event = reader.next()) {
      events.add(Seen.of(event.type(), event.data(), event.lastEventId()));
    }
    return events;
  }

  private static Stream<SseCase> ownCases() {
    return Stream.of(
        SseCase.of("nothing", ""),
        SseCase.of("one event", "data: a\n\n", message("a")),
        SseCase.of("a name", "event: x\ndata: a\n\n", Seen.of("x", "a", "")),
        SseCase.of("the name after the data", "data: a\nevent: x\n\n", Seen.of("x", "a", "")),
        SseCase.of(
            "the last name counts", "event: x\nevent: y\ndata: a\n\n", Seen.of("y", "a", "")),
        SseCase.of("a name is for one event", "event: x\n\ndata: a\n\n", message("a")),
        SseCase.of("an id stays", "id: 7\ndata: a\n\ndata: b\n\n", numbered("a"), numbered("b")),
        SseCase.of("an id with a NUL is no id", "id: 1\0\ndata: a\n\n", message("a")),
        SseCase.of("several lines", "data: a\ndata: b\ndata\n\n", message("a\nb\n")),
        SseCase.of("every line end", "data: a\rdata: b\r\ndata: c\n\r\n", message("a\nb\nc")),
        SseCase.of(
            "every end of an event",
            "data: a\r\rdata: b\r\n\r\nevent: x\ndata: c\n\n",
            message("a"),
            message("b"),
            Seen.of("x", "c", "")),
        SseCase.of("a CR ends at once", "data: a\r\r", message("a")),
        SseCase.of("one space goes, the next stays", "data:  a\n\n", message(" a")),
        SseCase.of("no space", "data:a\n\n", message("a")),
        SseCase.of("a colon in the data", "data: a: b\n\n", message("a: b")),
        SseCase.of("a comment", ": data: a\n\n:\ndata: b\n\n", message("b")),
        SseCase.of(
            "unknown fields", "Data: a\ndata : b\n data: c\nretry: 5\ndata: d\n\n", message("d")),
        SseCase.of("a byte order mark", "\ufeffdata: a\n\n", message("a")),
        SseCase.of("a second byte order mark", "\ufeff\ufeffdata: a\n\ndata: b\n\n", message("b")),
        SseCase.of("a late byte order mark", "data: a\n\n\ufeffdata: b\n\n", message("a")),
        SseCase.of("many bytes a character", "data: é€😀👩‍👩‍👧\n\n", message("é€😀👩‍👩‍👧")),
        SseCase.of(
            "line ends of other standards",
            "data: a\u2028\u0085\u000bb\n\n",
            message("a\u2028\u0085\u000bb")),
        SseCase.of("an unfinished event", "data: a\n\ndata: b\n", message("a")),
        SseCase.of("an unfinished line", "data: a\n\ndata: b", message("a")),
        SseCase.of(
            "a line longer than the buffer",
            "data: " + "é".repeat(2500) + "\n\ndata: b\n\n",
            message("é".repeat(2500)),
            message("b")),
        new SseCase(
            "bytes that are not UTF-8",
            "data: a\377b\n\n".getBytes(ISO_8859_1),
            List.of(message("a\ufffdb")),
            List.of()));
  }

  private static Seen message(String data) {
    return Seen.of("message", data, "");
  }

  private static Seen numbered(String data) {
    return Seen.of("message", data, "7");
  }
}

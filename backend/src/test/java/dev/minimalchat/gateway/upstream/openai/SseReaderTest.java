package dev.minimalchat.gateway.upstream.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.upstream.openai.SseReader.EventTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
  private static final int BOUND = 4 << 20;
  private static final int SMALL_BOUND = 64 << 10;

  /// Inputs up to this length are cut at every position.
  private static final int SHORT = 4096;

  private static final int MUCH = 200 << 20;

  @TestFactory
  Stream<DynamicTest> readsTheSameHoweverItIsCut() {
    return Stream.concat(ownCases(), sharedCases())
        .map(example -> dynamicTest(example.title, () -> assertReads(example)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "\r\r", "\r\n\r\n", "\n\r", "\r\n\n", "\n\r\n"})
  void isReadyAsSoonAsAnEventIsWholeAndNotBefore(String end) throws IOException {
    String first = "data: first\n\n";
    String second = "id: 7\nevent: x\ndata: sec\ndata: ond" + end;
    int whole = first.length() + second.length() - (end.endsWith("\r\n") ? 1 : 0);
    for (int length = first.length(); length <= first.length() + second.length(); length++) {
      byte[] here = (first + second).substring(0, length).getBytes(UTF_8);
      SseReader reader = new SseReader(new OneReadOnly(here), BOUND);
      reader.next();

      assertThat(reader.ready()).as("%d bytes here", length).isEqualTo(length >= whole);
    }
  }

  @Test
  void doesNotReadWhenItIsReady() throws IOException {
    byte[] here = "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4".getBytes(UTF_8);
    SseReader reader = new SseReader(new OneReadOnly(here), BOUND);

    int count = 0;
    do {
      reader.next();
      count++;
    } while (reader.ready());

    assertThat(count).isEqualTo(3);
  }

  @Test
  void isNotReadyBeforeAnythingWasRead() throws IOException {
    SseReader reader = reader("data: a\n\n");

    assertThat(reader.ready()).isFalse();
  }

  @Test
  void isNotReadyForBlocksWithoutData() throws IOException {
    byte[] here = "data: a\n\n: ping\n\nevent: x\n\nid: 1\n\n".getBytes(UTF_8);
    SseReader reader = new SseReader(new OneReadOnly(here), BOUND);
    reader.next();

    assertThat(reader.ready()).isFalse();
  }

  @Test
  void losesNothingToBeingAskedWhetherItIsReady() throws IOException {
    SseReader reader = reader("data: a\n\ndata: b\n\n");
    reader.next();

    assertThat(reader.ready()).isTrue();
    assertThat(reader.ready()).isTrue();
    assertThat(reader.next()).isNotNull().extracting(ServerSentEvent::data).isEqualTo("b");
  }

  @Test
  void staysAtTheEnd() throws IOException {
    SseReader reader = reader("data: a");

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

  @ParameterizedTest
  @ValueSource(ints = {1, 4095, 4096, 4097, 60_000, SMALL_BOUND - 7})
  void holdsAnEventUpToTheBound(int length) throws IOException {
    String data = "x".repeat(length);

    assertThat(new SseReader(stream("data: " + data + "\n\n"), SMALL_BOUND).next())
        .isNotNull()
        .extracting(ServerSentEvent::data)
        .isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "data: x", ": x", "id: x"})
  void givesUpOnALineWithoutEnd(String start) {
    Endless endless = new Endless(start, "x");

    assertTooLarge(endless);
    assertThat(endless.taken).isLessThanOrEqualTo(SMALL_BOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: xxxxxxxxx\n", "data\n", "data:\r\n", "data: x\n:\n"})
  void givesUpOnAnEventWithoutEnd(String line) {
    Endless endless = new Endless("", line);

    assertTooLarge(endless);
    assertThat(endless.taken).isLessThanOrEqualTo(20 * SMALL_BOUND);
  }

  @Test
  void countsTheLinesOfAnEventTogether() {
    String half = "data: " + "x".repeat(1 + SMALL_BOUND / 2) + "\n";

    assertThatThrownBy(() -> new SseReader(stream(half + half + "\n"), SMALL_BOUND).next())
        .isInstanceOf(EventTooLargeException.class);
  }

  @Test
  void countsEachEventByItself() throws IOException {
    String event = "data: " + "x".repeat(SMALL_BOUND / 2) + "\n\n";
    SseReader reader = new SseReader(stream(event.repeat(5)), SMALL_BOUND);

    for (int i = 0; i < 5; i++) {
      assertThat(reader.next()).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {": ping ping ping ping ping ping ping ping\n", "\n", "retry: 1\n\n"})
  void holdsNothingOfWhatIsNoEvent(String block) throws IOException {
    Endless endless = new Endless("", block, 100 * SMALL_BOUND);

    assertThat(new SseReader(endless, SMALL_BOUND).next()).isNull();
  }

  @Test
  void saysTheBoundButNothingOfTheEvent() {
    assertThatThrownBy(() -> new SseReader(new Endless("", "secret"), SMALL_BOUND).next())
        .hasMessage("an event exceeds " + SMALL_BOUND + " bytes");
  }

  private static void assertTooLarge(InputStream in) {
    assertThatThrownBy(() -> new SseReader(in, SMALL_BOUND).next())
        .isInstanceOf(EventTooLargeException.class);
  }

  private static SseReader reader(String text) {
    return new SseReader(stream(text), BOUND);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static void assertReads(Case example) throws IOException {
    byte[] input = example.input;
    assertThat(read(new ByteArrayInputStream(input))).as("whole").isEqualTo(example.events);
    assertThat(read(PiecewiseStream.of(input, 1))).as("byte by byte").isEqualTo(example.events);
    if (input.length <= SHORT) {
      for (int cut = 1; cut < input.length; cut++) {
        assertThat(read(PiecewiseStream.cutAt(input, cut)))
            .as("cut at %d", cut)
            .isEqualTo(example.events);
      }
    }
    for (int[] cuts : example.splits) {
      assertThat(read(PiecewiseStream.cutAt(input, cuts)))
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

  private static Stream<Case> ownCases() {
    return Stream.of(
        Case.of("nothing", ""),
        Case.of("one event", "data: a\n\n", message("a")),
        Case.of("a name", "event: x\ndata: a\n\n", Seen.of("x", "a", "")),
        Case.of("the name after the data", "data: a\nevent: x\n\n", Seen.of("x", "a", "")),
        Case.of("the last name counts", "event: x\nevent: y\ndata: a\n\n", Seen.of("y", "a", "")),
        Case.of("a name is for one event", "event: x\n\ndata: a\n\n", message("a")),
        Case.of("an id stays", "id: 7\ndata: a\n\ndata: b\n\n", numbered("a"), numbered("b")),
        Case.of("an id with a NUL is no id", "id: 1\0\ndata: a\n\n", message("a")),
        Case.of("several lines", "data: a\ndata: b\ndata\n\n", message("a\nb\n")),
        Case.of("every line end", "data: a\rdata: b\r\ndata: c\n\r\n", message("a\nb\nc")),
        Case.of("a CR ends at once", "data: a\r\r", message("a")),
        Case.of("one space goes, the next stays", "data:  a\n\n", message(" a")),
        Case.of("no space", "data:a\n\n", message("a")),
        Case.of("a colon in the data", "data: a: b\n\n", message("a: b")),
        Case.of("a comment", ": data: a\n\n:\ndata: b\n\n", message("b")),
        Case.of(
            "unknown fields", "Data: a\ndata : b\n data: c\nretry: 5\ndata: d\n\n", message("d")),
        Case.of("a byte order mark", "\ufeffdata: a\n\n", message("a")),
        Case.of("a second byte order mark", "\ufeff\ufeffdata: a\n\ndata: b\n\n", message("b")),
        Case.of("a late byte order mark", "data: a\n\n\ufeffdata: b\n\n", message("a")),
        Case.of("many bytes a character", "data: é€😀👩‍👩‍👧\n\n", message("é€😀👩‍👩‍👧")),
        Case.of(
            "line ends of other standards",
            "data: a\u2028\u0085\u000bb\n\n",
            message("a\u2028\u0085\u000bb")),
        Case.of("an unfinished event", "data: a\n\ndata: b\n", message("a")),
        Case.of("an unfinished line", "data: a\n\ndata: b", message("a")),
        Case.of(
            "a line longer than the buffer",
            "data: " + "é".repeat(2500) + "\n\ndata: b\n\n",
            message("é".repeat(2500)),
            message("b")),
        new Case(
            "bytes that are not UTF-8",
            "data: a\377b\n\n".getBytes(ISO_8859_1),
            List.of(message("a\ufffdb")),
            List.of()));
  }

  private static Stream<Case> sharedCases() {
    return SharedFixtures.find("sse-cases.json").stream()
        .map(SharedFixtures::bytes)
        .map(SseReaderTest::parse)
        .flatMap(file -> file.path("cases").valueStream())
        .map(Case::of);
  }

  private static JsonNode parse(byte[] json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Seen message(String data) {
    return Seen.of("message", data, "");
  }

  private static Seen numbered(String data) {
    return Seen.of("message", data, "7");
  }

  private static final class Case {
    private final String title;
    private final byte[] input;
    private final List<Seen> events;
    private final List<int[]> splits;

    Case(String title, byte[] input, List<Seen> events, List<int[]> splits) {
      this.title = title;
      this.input = input;
      this.events = events;
      this.splits = splits;
    }

    static Case of(String title, String input, Seen... events) {
      return new Case(title, input.getBytes(UTF_8), List.of(events), List.of());
    }

    static Case of(JsonNode example) {
      return new Case(
          example.path("id").asText() + ": " + example.path("title").asText(),
          input(example),
          events(example),
          example.path("splits").valueStream().map(Case::cuts).toList());
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

    private static List<Seen> events(JsonNode example) {
      return example.has("events_count")
          ? Collections.nCopies(
              example.path("events_count").asInt(), Seen.of(example.path("events_all_equal")))
          : example.path("events").valueStream().map(Seen::of).toList();
    }

    private static int[] cuts(JsonNode offsets) {
      return offsets.valueStream().mapToInt(JsonNode::asInt).toArray();
    }
  }

  /// @param data as it is, or its length and digest where it is long
  private record Seen(String type, String data, String lastEventId) {
    private static final int LONG = 8000;

    static Seen of(String type, String data, String lastEventId) {
      boolean brief = data.length() < LONG;
      return new Seen(type, brief ? data : data.length() + " " + digest(data), lastEventId);
    }

    static Seen of(JsonNode event) {
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

  /// A connection on which nothing comes after what is here: to read again would block.
  private static final class OneReadOnly extends InputStream {
    private final InputStream here;
    private boolean read;

    OneReadOnly(byte[] here) {
      this.here = new ByteArrayInputStream(here);
    }

    @Override
    public int read() {
      throw new AssertionError("reads byte by byte");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      assertThat(read).as("blocks").isFalse();
      read = true;
      return here.read(target, offset, length);
    }
  }

  /// The same text again and again, for longer than anybody should listen.
  private static final class Endless extends InputStream {
    private final byte[] start;
    private final byte[] cycle;
    private final int amount;
    private int taken;

    Endless(String start, String cycle) {
      this(start, cycle, MUCH);
    }

    Endless(String start, String cycle, int amount) {
      this.amount = amount;
      this.start = start.getBytes(UTF_8);
      this.cycle = cycle.repeat(1 + SHORT / cycle.length()).getBytes(UTF_8);
    }

    @Override
    public int read() {
      throw new AssertionError("reads byte by byte");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (taken >= amount) {
        return -1;
      }
      boolean starting = taken < start.length;
      byte[] source = starting ? start : cycle;
      int from = starting ? taken : (taken - start.length) % cycle.length;
      int count = Math.min(length, source.length - from);
      System.arraycopy(source, from, target, offset, count);
      taken += count;
      return count;
    }
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minimalchat.gateway.upstream.responses.SseReader.EventTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How much of an event is held, and when the reader gives up.
class SseReaderBoundTest {
  private static final int BOUND = 64 << 10;
  private static final int MUCH = 200 << 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 4095, 4096, 4097, 60_000, BOUND - 7})
  void holdsAnEventUpToTheBound(int length) throws IOException {
    String data = "x".repeat(length);

    assertThat(new SseReader(stream("data: " + data + "\n\n"), BOUND).next())
        .isNotNull()
        .extracting(ServerSentEvent::data)
        .isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "data: x", ": x", "id: x"})
  void givesUpOnALineWithoutEnd(String start) {
    Endless endless = new Endless(start, "x");

    assertTooLarge(endless);
    assertThat(endless.taken).isLessThanOrEqualTo(BOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: xxxxxxxxx\n", "data\n", "data:\r\n", "data: x\n:\n"})
  void givesUpOnAnEventWithoutEnd(String line) {
    Endless endless = new Endless("", line);

    assertTooLarge(endless);
    assertThat(endless.taken).isLessThanOrEqualTo(20 * BOUND);
  }

  @Test
  void givesUpOnALineThatIsHereButTooLarge() {
    InputStream in = stream("data: " + "x".repeat(2000) + "\n\n");

    assertThatThrownBy(() -> new SseReader(in, 1000).next())
        .isInstanceOf(EventTooLargeException.class);
  }

  @Test
  void countsTheLinesOfAnEventTogether() {
    String half = "data: " + "x".repeat(1 + BOUND / 2) + "\n";

    assertThatThrownBy(() -> new SseReader(stream(half + half + "\n"), BOUND).next())
        .isInstanceOf(EventTooLargeException.class);
  }

  @Test
  void countsTheLineEndsBetweenThem() throws IOException {
    String line = "data: " + "x".repeat(BOUND / 2 - 1) + "\n";

    assertThat(new SseReader(stream(line + line + "\n"), BOUND).next()).isNotNull();
    assertThatThrownBy(() -> new SseReader(stream(line + line + "data\n\n"), BOUND - 1).next())
        .isInstanceOf(EventTooLargeException.class);
  }

  @Test
  void countsEachEventByItself() throws IOException {
    String event = "data: " + "x".repeat(BOUND / 2) + "\n\n";
    SseReader reader = new SseReader(stream(event.repeat(5)), BOUND);

    for (int i = 0; i < 5; i++) {
      assertThat(reader.next()).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {": ping ping ping ping ping ping ping ping\n", "\n", "retry: 1\n\n"})
  void holdsNothingOfWhatIsNoEvent(String block) throws IOException {
    Endless endless = new Endless("", block, 100 * BOUND);

    assertThat(new SseReader(endless, BOUND).next()).isNull();
  }

  @Test
  void saysTheBoundButNothingOfTheEvent() {
    assertThatThrownBy(() -> new SseReader(new Endless("", "secret"), BOUND).next())
        .hasMessage("an event exceeds " + BOUND + " bytes");
  }

  private static void assertTooLarge(InputStream in) {
    assertThatThrownBy(() -> new SseReader(in, BOUND).next())
        .isInstanceOf(EventTooLargeException.class);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /// The same text again and again, for longer than anybody should listen.
  private static final class Endless extends InputStream {
    private static final int CYCLE = 4096;

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
      this.cycle = cycle.repeat(1 + CYCLE / cycle.length()).getBytes(UTF_8);
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

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

/// The size limit of a line and of an event.
class SseReaderLimitTest {
  private static final int MAX_EVENT_BYTES = 64 << 10;
  private static final int ENDLESS_BYTES = 200 << 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 4095, 4096, 4097, 60_000, MAX_EVENT_BYTES - 7})
  void acceptsAnEventUpToTheLimit(int length) throws IOException {
    String data = "x".repeat(length);

    assertThat(SseReaders.reader(stream("data: " + data + "\n\n"), MAX_EVENT_BYTES).next())
        .isNotNull()
        .extracting(ServerSentEvent::data)
        .isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "data: x", ": x", "id: x"})
  void rejectsAnEndlessLine(String start) {
    EndlessStream endless = new EndlessStream(start, "x");

    assertTooLarge(endless);
    assertThat(endless.bytesRead).isLessThanOrEqualTo(MAX_EVENT_BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: xxxxxxxxx\n", "data\n", "data:\r\n", "data: x\n:\n"})
  void rejectsAnEndlessEvent(String line) {
    EndlessStream endless = new EndlessStream("", line);

    assertTooLarge(endless);
    assertThat(endless.bytesRead).isLessThanOrEqualTo(20 * MAX_EVENT_BYTES);
  }

  @Test
  void rejectsABufferedLineAboveTheLimit() {
    InputStream in = stream("data: " + "x".repeat(2000) + "\n\n");

    assertThatThrownBy(() -> SseReaders.reader(in, 1000).next())
        .isInstanceOf(EventTooLargeException.class);
  }

  @Test
  void limitsTheSumOfAllDataLines() {
    String half = "data: " + "x".repeat(1 + MAX_EVENT_BYTES / 2) + "\n";

    assertThatThrownBy(() -> SseReaders.reader(stream(half + half + "\n"), MAX_EVENT_BYTES).next())
        .isInstanceOf(EventTooLargeException.class);
  }

  @Test
  void countsTheLineEndsBetweenDataLines() throws IOException {
    String line = "data: " + "x".repeat(MAX_EVENT_BYTES / 2 - 1) + "\n";

    assertThat(SseReaders.reader(stream(line + line + "\n"), MAX_EVENT_BYTES).next()).isNotNull();
    assertThatThrownBy(
            () -> SseReaders.reader(stream(line + line + "data\n\n"), MAX_EVENT_BYTES - 1).next())
        .isInstanceOf(EventTooLargeException.class);
  }

  @Test
  void limitsEachEventSeparately() throws IOException {
    String event = "data: " + "x".repeat(MAX_EVENT_BYTES / 2) + "\n\n";
    SseReader reader = SseReaders.reader(stream(event.repeat(5)), MAX_EVENT_BYTES);

    for (int i = 0; i < 5; i++) {
      assertThat(reader.next()).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {": ping ping ping ping ping ping ping ping\n", "\n", "retry: 1\n\n"})
  void acceptsAnyNumberOfBlocksWithoutData(String block) throws IOException {
    EndlessStream endless = new EndlessStream("", block, 100 * MAX_EVENT_BYTES);

    assertThat(SseReaders.nextEvent(SseReaders.reader(endless, MAX_EVENT_BYTES))).isNull();
  }

  @Test
  void theErrorMessageContainsTheLimitAndNoContent() {
    assertThatThrownBy(
            () -> SseReaders.reader(new EndlessStream("", "secret"), MAX_EVENT_BYTES).next())
        .hasMessage("an event exceeds " + MAX_EVENT_BYTES + " bytes");
  }

  private static void assertTooLarge(InputStream in) {
    assertThatThrownBy(() -> SseReaders.reader(in, MAX_EVENT_BYTES).next())
        .isInstanceOf(EventTooLargeException.class);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /// Repeats a text far beyond the limit.
  private static final class EndlessStream extends InputStream {
    private static final int CYCLE_BYTES = 4096;

    private final byte[] start;
    private final byte[] cycle;
    private final int total;
    private int bytesRead;

    EndlessStream(String start, String cycle) {
      this(start, cycle, ENDLESS_BYTES);
    }

    EndlessStream(String start, String cycle, int total) {
      this.total = total;
      this.start = start.getBytes(UTF_8);
      this.cycle = cycle.repeat(1 + CYCLE_BYTES / cycle.length()).getBytes(UTF_8);
    }

    @Override
    public int read() {
      throw new AssertionError("reads byte by byte");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (bytesRead >= total) {
        return -1;
      }
      boolean starting = bytesRead < start.length;
      byte[] source = starting ? start : cycle;
      int from = starting ? bytesRead : (bytesRead - start.length) % cycle.length;
      int count = Math.min(length, source.length - from);
      System.arraycopy(source, from, target, offset, count);
      bytesRead += count;
      return count;
    }
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// [SseReader#ready]: whether a complete event is buffered, so that `next()` does not block.
class SseReaderReadyTest {
  private static final int MAX_EVENT_BYTES = 4 << 20;

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "\r\r", "\r\n\r\n", "\n\r", "\r\n\n", "\n\r\n"})
  void isReadyExactlyWhenACompleteEventIsBuffered(String end) throws IOException {
    String first = "data: first\n\n";
    String second = "id: 7\nevent: x\ndata: sec\ndata: ond" + end;
    int complete = first.length() + second.length() - (end.endsWith("\r\n") ? 1 : 0);
    for (int length = first.length(); length <= first.length() + second.length(); length++) {
      byte[] buffered = (first + second).substring(0, length).getBytes(UTF_8);
      SseReader reader = SseReaders.reader(new SingleReadStream(buffered), MAX_EVENT_BYTES);
      reader.next();

      assertThat(reader.ready()).as("%d bytes buffered", length).isEqualTo(length >= complete);
    }
  }

  @Test
  void doesNotReadFromTheStreamWhileReady() throws IOException {
    byte[] buffered = "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4".getBytes(UTF_8);
    SseReader reader = SseReaders.reader(new SingleReadStream(buffered), MAX_EVENT_BYTES);

    int count = 0;
    do {
      reader.next();
      count++;
    } while (reader.ready());

    assertThat(count).isEqualTo(3);
  }

  @Test
  void isNotReadyBeforeTheFirstRead() throws IOException {
    SseReader reader = reader("data: a\n\n");

    assertThat(reader.ready()).isFalse();
  }

  @Test
  void isNotReadyForBlocksWithoutData() throws IOException {
    byte[] buffered = "data: a\n\nevent: x\n\nid: 1\n\n".getBytes(UTF_8);
    SseReader reader = SseReaders.reader(new SingleReadStream(buffered), MAX_EVENT_BYTES);
    reader.next();

    assertThat(reader.ready()).isFalse();
  }

  @Test
  void readyLosesNoEvent() throws IOException {
    SseReader reader = reader("data: a\n\ndata: b\n\n");
    reader.next();

    assertThat(reader.ready()).isTrue();
    assertThat(reader.ready()).isTrue();
    assertThat(reader.next()).isNotNull().extracting(ServerSentEvent::data).isEqualTo("b");
  }

  private static SseReader reader(String text) {
    return SseReaders.reader(new ByteArrayInputStream(text.getBytes(UTF_8)), MAX_EVENT_BYTES);
  }

  /// A stream that fails on the second read, where a connection would block.
  private static final class SingleReadStream extends InputStream {
    private final InputStream buffered;
    private boolean read;

    SingleReadStream(byte[] buffered) {
      this.buffered = new ByteArrayInputStream(buffered);
    }

    @Override
    public int read() {
      throw new AssertionError("reads byte by byte");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      assertThat(read).as("blocks").isFalse();
      read = true;
      return buffered.read(target, offset, length);
    }
  }
}

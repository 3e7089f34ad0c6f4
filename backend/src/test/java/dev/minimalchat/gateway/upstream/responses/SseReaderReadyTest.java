package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whether a whole event is here: what is written out together, and that nothing waits for more.
class SseReaderReadyTest {
  private static final int BOUND = 4 << 20;

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

  private static SseReader reader(String text) {
    return new SseReader(new ByteArrayInputStream(text.getBytes(UTF_8)), BOUND);
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
}

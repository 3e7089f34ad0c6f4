package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Whatever a provider sends. In the build this reads its seeds; with `-Pfuzz` it looks for more.
class SseReaderFuzzTest {
  private static final int BOUND = 1024;

  @FuzzTest(maxDuration = "2m")
  void readsTheSameHoweverItIsCutAndNeverMoreThanItsBound(byte[] stream) throws IOException {
    List<String> whole = read(new ByteArrayInputStream(stream));

    assertThat(read(ChunkedInputStream.of(stream, 1))).isEqualTo(whole);
    assertThat(read(ChunkedInputStream.of(stream, 7))).isEqualTo(whole);
  }

  /// What was read, and how it ended.
  private static List<String> read(InputStream in) throws IOException {
    SseReader reader = new SseReader(in, BOUND);
    List<String> seen = new ArrayList<>();
    try {
      for (var event = reader.next(); event != null; event = reader.next()) {
        assertThat(event.bytes().length).isLessThanOrEqualTo(BOUND);
        seen.add(event.type() + "|" + event.lastEventId() + "|" + Arrays.toString(event.bytes()));
      }
    } catch (SseReader.EventTooLargeException _) {
      seen.add("too large");
    }
    return seen;
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Arbitrary bytes. The build runs the seed inputs; `-Pfuzz` generates more.
class SseReaderFuzzTest {
  private static final int MAX_EVENT_BYTES = 1024;

  @FuzzTest(maxDuration = "2m")
  void eventsDoNotDependOnChunkingAndStayWithinTheLimit(byte[] stream) throws IOException {
    List<String> whole = read(new ByteArrayInputStream(stream));

    assertThat(read(ChunkedInputStream.of(stream, 1))).isEqualTo(whole);
    assertThat(read(ChunkedInputStream.of(stream, 7))).isEqualTo(whole);
  }

  /// The events, and whether the limit ended the stream.
  private static List<String> read(InputStream in) throws IOException {
    SseReader reader = SseReaders.reader(in, MAX_EVENT_BYTES);
    List<String> events = new ArrayList<>();
    try {
      for (var event = reader.next(); event != null; event = reader.next()) {
        assertThat(event.bytes().length).isLessThanOrEqualTo(MAX_EVENT_BYTES);
        events.add(event.type() + "|" + event.lastEventId() + "|" + Arrays.toString(event.bytes()));
      }
    } catch (SseReader.EventTooLargeException _) {
      events.add("too large");
    }
    return events;
  }
}

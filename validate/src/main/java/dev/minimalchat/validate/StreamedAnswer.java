package dev.minimalchat.validate;

import static dev.minimalchat.validate.Check.require;

import dev.minimalchat.validate.Check.CheckFailed;
import dev.minimalchat.validate.TimedLines.Line;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A streamed answer with the arrival times of its text.
///
/// @param deltas milliseconds from the request to each event with text
/// @param cut how many of these events arrived in two parts with a pause between them
/// @param total milliseconds from the request to the end
record StreamedAnswer(HttpResponse<InputStream> response, List<Long> deltas, int cut, long total) {
  private static final long FLUSH_MS =
      20; // a fast provider takes longer for a quarter of an answer
  private static final int CHUNK_GAP_MS = 5; // events with a smaller gap arrived in one chunk
  private static final int MANY_DELTAS = 40;
  private static final int MANY_DELTAS_PER_CHUNK = 4;
  private static final int MIN_CHUNKS = 5;
  private static final long MIN_STREAM_MS = 300; // shorter answers prove nothing about streaming

  /// Reads the stream to its end.
  ///
  /// @param start the value of [System#nanoTime] at the request
  /// @param limit of the wait for each line
  /// @throws CheckFailed on an error status, an encoding, an error event, a silence or a missing
  ///   terminal event
  static StreamedAnswer read(HttpResponse<InputStream> response, long start, Duration limit)
      throws IOException, InterruptedException, CheckFailed {
    List<Long> deltas = new ArrayList<>();
    int cut = 0;
    String event = "";
    try (var lines = new TimedLines(response.body(), limit)) {
      String encoding = Deployment.header(response, "Content-Encoding");
      if (response.statusCode() != 200 && !encoding.isEmpty()) {
        throw new CheckFailed("answered " + response.statusCode());
      }
      require(
          encoding.isEmpty(), "something compresses it: Content-Encoding is “" + encoding + "”");
      Line line = lines.next();
      if (response.statusCode() != 200) {
        String body = line == null ? "" : Objects.requireNonNullElse(line.text(), "");
        throw new CheckFailed("answered " + response.statusCode() + ": " + body);
      }
      long begin = start;
      for (String previous = ""; line != null; line = lines.next()) {
        String text = Objects.requireNonNullElse(line.text(), "");
        begin = previous.isEmpty() ? line.nanos() : begin;
        if (text.startsWith("event: ")) {
          event = text.substring("event: ".length());
        } else if (text.startsWith("data: ") && event.endsWith(".delta")) {
          deltas.add(millis(line.nanos() - start));
          cut += millis(line.nanos() - begin) >= CHUNK_GAP_MS ? 1 : 0;
        } else if (text.startsWith("data: ") && event.equals("error")) {
          throw new CheckFailed("failed in its middle: " + text);
        }
        previous = text;
      }
    }
    if (!event.equals("response.completed") && !event.equals("response.incomplete")) {
      throw new CheckFailed("ended without an ending, after " + deltas.size() + " pieces");
    }
    return new StreamedAnswer(response, deltas, cut, millis(System.nanoTime() - start));
  }

  /// Milliseconds to the first text, or to the end where there was none.
  long firstText() {
    return deltas.isEmpty() ? total : deltas.getFirst();
  }

  /// The number of chunks in which the text arrived.
  int chunks() {
    return chunkList().size();
  }

  /// Whether it says nothing about streaming.
  boolean isTooQuick() {
    return chunks() < MIN_CHUNKS && total < MIN_STREAM_MS;
  }

  /// Whether something between the gateway and here collects the text.
  boolean isHeldBack() {
    return chunks() < MIN_CHUNKS || isInBlocks();
  }

  /// A proxy that waits until its buffer is full cuts events. A provider that sends many events at
  /// once does not, and is no fault of the deployment unless that is most of the answer.
  private boolean isInBlocks() {
    if (deltas.size() < MANY_DELTAS || deltas.getLast() - deltas.getFirst() < MIN_STREAM_MS) {
      return false;
    }
    List<Chunk> all = chunkList();
    boolean isLarge =
        all.stream().anyMatch(it -> 4 * it.deltas > deltas.size() && it.duration <= FLUSH_MS);
    boolean isCut = 2 * cut >= all.size() && deltas.size() >= MANY_DELTAS_PER_CHUNK * all.size();
    return isLarge || isCut;
  }

  private List<Chunk> chunkList() {
    List<Chunk> chunks = new ArrayList<>();
    long begin = 0;
    long previous = 0;
    for (long delta : deltas) {
      if (chunks.isEmpty() || delta - previous >= CHUNK_GAP_MS) {
        begin = delta;
        chunks.add(new Chunk(1, 0));
      } else {
        chunks.set(chunks.size() - 1, new Chunk(chunks.getLast().deltas + 1, delta - begin));
      }
      previous = delta;
    }
    return chunks;
  }

  /// Events with text that arrived together, or one closely after the other.
  ///
  /// @param duration in milliseconds
  private record Chunk(int deltas, long duration) {}

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}

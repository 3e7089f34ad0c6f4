package dev.minimalchat.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minimalchat.validate.Check.CheckFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// A streamed answer with the arrival times of its text.
///
/// @param deltas milliseconds from the request to each event with text
/// @param total milliseconds from the request to the end
record StreamedAnswer(HttpResponse<InputStream> response, List<Long> deltas, long total) {
  private static final int CHUNK_GAP_MS = 5; // events with a smaller gap arrived in one chunk

  /// Reads the stream to its end.
  ///
  /// @param start the value of [System#nanoTime] at the request
  /// @throws CheckFailed on an error status, an error event or a missing terminal event
  static StreamedAnswer read(HttpResponse<InputStream> response, long start)
      throws IOException, CheckFailed {
    List<Long> deltas = new ArrayList<>();
    String event = "";
    try (var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      if (response.statusCode() != 200) {
        throw new CheckFailed("answered " + response.statusCode() + ": " + lines.readLine());
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("data: ") && event.endsWith(".delta")) {
          deltas.add(since(start));
        } else if (line.startsWith("data: ") && event.equals("error")) {
          throw new CheckFailed("failed in its middle: " + line);
        }
      }
    }
    if (!event.equals("response.completed") && !event.equals("response.incomplete")) {
      throw new CheckFailed("ended without an ending, after " + deltas.size() + " pieces");
    }
    return new StreamedAnswer(response, deltas, since(start));
  }

  /// Milliseconds to the first text, or to the end where there was none.
  long firstText() {
    return deltas.isEmpty() ? total : deltas.getFirst();
  }

  /// The number of chunks in which the text arrived.
  long chunks() {
    long chunks = deltas.isEmpty() ? 0 : 1;
    for (int i = 1; i < deltas.size(); i++) {
      if (deltas.get(i) - deltas.get(i - 1) >= CHUNK_GAP_MS) {
        chunks++;
      }
    }
    return chunks;
  }

  private static long since(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}

package dev.minimalchat.gateway.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minimalchat.gateway.validate.Check.Wanting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// A streamed answer, and when each piece of its text came.
///
/// @param texts milliseconds from the question to each event with text
/// @param total milliseconds from the question to the end
record Answer(HttpResponse<InputStream> response, List<Long> texts, long total) {
  private static final int CLOSE = 5; // milliseconds between two events that came together

  /// Reads it to its end.
  ///
  /// @throws Wanting if it is refused or has no good end
  static Answer read(HttpResponse<InputStream> response, long start) throws IOException, Wanting {
    List<Long> texts = new ArrayList<>();
    String event = "";
    try (var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      if (response.statusCode() != 200) {
        throw new Wanting("answered " + response.statusCode() + ": " + lines.readLine());
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("data: ") && event.endsWith(".delta")) {
          texts.add(since(start));
        } else if (line.startsWith("data: ") && event.equals("error")) {
          throw new Wanting("failed in its middle: " + line);
        }
      }
    }
    if (!event.equals("response.completed") && !event.equals("response.incomplete")) {
      throw new Wanting("ended without an ending, after " + texts.size() + " pieces");
    }
    return new Answer(response, texts, since(start));
  }

  /// Milliseconds to the first text, or to the end where there was none.
  long firstText() {
    return texts.isEmpty() ? total : texts.getFirst();
  }

  /// How often text came after a pause.
  long arrivals() {
    long arrivals = texts.isEmpty() ? 0 : 1;
    for (int i = 1; i < texts.size(); i++) {
      if (texts.get(i) - texts.get(i - 1) >= CLOSE) {
        arrivals++;
      }
    }
    return arrivals;
  }

  private static long since(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}

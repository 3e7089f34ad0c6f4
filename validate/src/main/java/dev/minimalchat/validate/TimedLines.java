package dev.minimalchat.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minimalchat.validate.Check.CheckFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The lines of a stream and when they arrived. A thread reads them, so that the wait for each has
/// a limit.
final class TimedLines implements AutoCloseable {
  private final InputStream stream;
  private final Duration limit;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

  /// @param limit of the wait for each line
  TimedLines(InputStream stream, Duration limit) {
    this.stream = stream;
    this.limit = limit;
    Thread.startVirtualThread(this::read);
  }

  /// The next line; null at the end.
  ///
  /// @throws CheckFailed if none arrives in time
  @Nullable Line next() throws IOException, InterruptedException, CheckFailed {
    Line line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw new CheckFailed("nothing arrived for " + limit.toSeconds() + " s");
    }
    if (line.failure != null) {
      throw line.failure;
    }
    return line.text == null ? null : line;
  }

  /// Ends the thread too.
  @Override
  public void close() throws IOException {
    stream.close();
  }

  private void read() {
    try (var reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      String text;
      do {
        text = reader.readLine();
        lines.add(new Line(text, System.nanoTime(), null));
      } while (text != null);
    } catch (IOException e) {
      lines.add(new Line(null, System.nanoTime(), e));
    }
  }

  /// @param text null at the end and after a failure
  /// @param nanos a value of [System#nanoTime]
  record Line(@Nullable String text, long nanos, @Nullable IOException failure) {}
}

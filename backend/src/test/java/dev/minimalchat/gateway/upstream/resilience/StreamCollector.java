package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads a stream to its end on its own thread and closes it, as the gateway does, while the test
/// acts as the provider.
public final class StreamCollector implements AutoCloseable {
  private final UpstreamStream stream;
  private final BlockingQueue<UpstreamEvent> unread = new LinkedBlockingQueue<>();
  private final List<UpstreamEvent> events = new ArrayList<>();
  private final Thread thread;
  private @Nullable Failure failure;

  public StreamCollector(UpstreamStream stream) {
    this.stream = stream;
    thread = Thread.startVirtualThread(this::run);
  }

  /// Waits until the reader thread is in a timed wait, as it is while it connects.
  public void awaitConnecting() {
    long deadline = System.nanoTime() + TestTimeouts.LIMIT.toNanos();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the reader is not connecting: " + thread.getState());
      }
      Thread.onSpinWait();
    }
  }

  /// Waits for the next event.
  public UpstreamEvent next() {
    try {
      UpstreamEvent event = unread.poll(TestTimeouts.SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no event; failure: " + failure);
      }
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// All events; waits for the end of the stream.
  public List<UpstreamEvent> events() {
    awaitEnd();
    return events;
  }

  /// The failure that ended the stream, or null; waits for the end of the stream.
  public @Nullable Failure failure() {
    awaitEnd();
    return failure;
  }

  /// The text of all deltas; waits for the end of the stream.
  public String text() {
    StringBuilder text = new StringBuilder();
    for (UpstreamEvent event : events()) {
      if (event instanceof UpstreamEvent.TextDelta(String delta)) {
        text.append(delta);
      }
    }
    return text.toString();
  }

  /// Closes the stream from the test's thread.
  @Override
  public void close() {
    stream.close();
  }

  private void run() {
    try (stream) {
      UpstreamEvent event;
      do {
        event = stream.next();
        events.add(event);
        unread.add(event);
      } while (!event.isTerminal());
    } catch (Failure e) {
      failure = e;
    }
  }

  private void awaitEnd() {
    try {
      if (!thread.join(TestTimeouts.LIMIT)) {
        throw new AssertionError("the stream has not ended");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

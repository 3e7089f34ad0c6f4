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

/// Reads an answer on a thread of its own to its end and closes it then, as the chat does, while
/// the test plays the provider.
public final class StreamCollector implements AutoCloseable {
  private final UpstreamStream stream;
  private final BlockingQueue<UpstreamEvent> unseen = new LinkedBlockingQueue<>();
  private final List<UpstreamEvent> events = new ArrayList<>();
  private final Thread thread;
  private @Nullable Failure failure;

  public StreamCollector(UpstreamStream stream) {
    this.stream = stream;
    thread = Thread.startVirtualThread(this::run);
  }

  /// Waits until the reader itself waits, with a time limit, as it does while it connects.
  public void awaitConnecting() {
    long patience = System.nanoTime() + TestTimeouts.LIMIT.toNanos();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      if (System.nanoTime() > patience) {
        throw new AssertionError("the reader does not wait: " + thread.getState());
      }
      Thread.onSpinWait();
    }
  }

  /// The next event; waits until it is here.
  public UpstreamEvent next() {
    try {
      UpstreamEvent event = unseen.poll(TestTimeouts.SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no event; failure: " + failure);
      }
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Everything from the first event on; waits for the end.
  public List<UpstreamEvent> events() {
    awaitEnd();
    return events;
  }

  /// What the answer ended with, if it failed; waits for the end.
  public @Nullable Failure failure() {
    awaitEnd();
    return failure;
  }

  /// All that the user would read; waits for the end.
  public String text() {
    StringBuilder text = new StringBuilder();
    for (UpstreamEvent event : events()) {
      if (event instanceof UpstreamEvent.TextDelta(String delta)) {
        text.append(delta);
      }
    }
    return text.toString();
  }

  /// Leaves, from the test's thread.
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
        unseen.add(event);
      } while (!event.isTerminal());
    } catch (Failure e) {
      failure = e;
    }
  }

  private void awaitEnd() {
    try {
      if (!thread.join(TestTimeouts.LIMIT)) {
        throw new AssertionError("the answer has not ended");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

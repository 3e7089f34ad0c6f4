package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.TestTimeouts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Records each chunk as it was sent, and can simulate a client disconnect.
final class RecordingEmitter extends SseEmitter {
  private final BlockingQueue<String> chunks = new LinkedBlockingQueue<>();
  private final List<Consumer<Throwable>> onError = new ArrayList<>();
  private volatile Consumer<String> onChunk = _ -> {};
  private volatile boolean disconnected;
  private volatile boolean completed;
  private volatile boolean rejectsLateSends;

  @Override
  public void send(Set<DataWithMediaType> items) throws IOException {
    if (disconnected) {
      throw new IOException("Broken pipe");
    }
    if (completed && rejectsLateSends) {
      throw new IllegalStateException("ResponseBodyEmitter has already completed");
    }
    assertThat(completed).as("completed before the send").isFalse();
    assertThat(items).hasSize(1);
    for (DataWithMediaType item : items) {
      String chunk = new String((byte[]) item.getData(), StandardCharsets.UTF_8);
      onChunk.accept(chunk);
      chunks.add(chunk);
    }
  }

  /// Runs an action as the client of a chunk that it receives.
  void onChunk(Consumer<String> onChunk) {
    this.onChunk = onChunk;
  }

  @Override
  public void complete() {
    completed = true;
  }

  @Override
  public synchronized void onError(Consumer<Throwable> callback) {
    onError.add(callback);
  }

  /// The next send fails; the error callbacks are not called.
  void disconnectsUnnoticed() {
    disconnected = true;
  }

  /// Sends fail, and the error callbacks are called, as by the container.
  void disconnects() {
    disconnected = true;
    onError.forEach(callback -> callback.accept(new IOException("Broken pipe")));
  }

  /// A send after completion throws, as in Spring. By default it fails the test.
  void rejectsSendsAfterCompletion() {
    rejectsLateSends = true;
  }

  boolean isDisconnected() {
    return disconnected;
  }

  boolean isCompleted() {
    return completed;
  }

  /// Waits for the next chunk.
  String nextChunk() throws InterruptedException {
    String chunk = chunks.poll(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    assertThat(chunk).as("the next chunk").isNotNull();
    return chunk == null ? "" : chunk;
  }

  /// The chunks that [#nextChunk] has not returned.
  List<String> remainingChunks() {
    List<String> remaining = new ArrayList<>();
    chunks.drainTo(remaining);
    return remaining;
  }
}

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

/// A browser at the end of the line: keeps each piece as it was sent, and can leave.
final class RecordingEmitter extends SseEmitter {
  private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
  private final List<Consumer<Throwable>> onError = new ArrayList<>();
  private volatile boolean gone;
  private volatile boolean completed;
  private volatile boolean refusing;

  @Override
  public void send(Set<DataWithMediaType> items) throws IOException {
    if (gone) {
      throw new IOException("Broken pipe");
    }
    if (completed && refusing) {
      throw new IllegalStateException("ResponseBodyEmitter has already completed");
    }
    assertThat(completed).as("completed before the send").isFalse();
    assertThat(items).hasSize(1);
    items.forEach(item -> pieces.add(new String((byte[]) item.getData(), StandardCharsets.UTF_8)));
  }

  @Override
  public void complete() {
    completed = true;
  }

  @Override
  public synchronized void onError(Consumer<Throwable> callback) {
    onError.add(callback);
  }

  /// Whoever sends next finds nobody.
  void leavesSilently() {
    gone = true;
  }

  /// The container notices by itself.
  void leaves() {
    gone = true;
    onError.forEach(callback -> callback.accept(new IOException("Broken pipe")));
  }

  /// From here on it does with a word after the end what Spring does. Else such a word is a fault.
  void refusesLateWords() {
    refusing = true;
  }

  boolean isGone() {
    return gone;
  }

  boolean isCompleted() {
    return completed;
  }

  /// The next piece, when it has come.
  String piece() throws InterruptedException {
    String piece = pieces.poll(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    assertThat(piece).as("a piece").isNotNull();
    return piece == null ? "" : piece;
  }

  /// The pieces that nobody has asked for yet.
  List<String> rest() {
    List<String> rest = new ArrayList<>();
    pieces.drainTo(rest);
    return rest;
  }
}

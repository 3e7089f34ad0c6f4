package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// One browser: a connection on which it asks one question after the other, and reads each answer
/// as a stranger would, checking that it is the whole answer to its own question.
final class Client implements StampReader.Sink {
  private static final byte[] COMPLETED = "response.completed".getBytes(ISO_8859_1);

  private final Tally tally;
  private final StampReader stamps = new StampReader(this);
  private final Chunks chunks = new Chunks();
  private final SocketChannel channel;
  private Script script = Script.NONE;
  private long askedAt;
  private int seen;
  private int matched;
  private boolean completed;
  private boolean began;

  Client(SocketChannel channel, Tally tally) {
    this.channel = channel;
    this.tally = tally;
  }

  void ask(byte[] request, Script asked) throws IOException {
    script = asked;
    chunks.reset();
    stamps.reset();
    seen = 0;
    matched = 0;
    completed = false;
    began = false;
    askedAt = System.nanoTime();
    ByteBuffer bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// True if the answer is over.
  boolean read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    boolean cut = channel.read(buffer) < 0;
    long now = System.nanoTime();
    buffer.flip();
    while (buffer.hasRemaining()) {
      byte next = buffer.get();
      if (chunks.isContent(next)) {
        content(next, now);
      }
    }
    if (!isOver(cut)) {
      return false;
    }
    if (!isWhole()) {
      throw new IOException(
          "status %d, %d of %d events".formatted(chunks.status(), seen, script.deltas()));
    }
    tally.answered();
    return true;
  }

  boolean mayAskAgain() {
    return script.end() == Script.End.WHOLE && !chunks.isLast();
  }

  void leave(SelectionKey key) {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone all the same.
    }
  }

  /// Over when the gateway says so, or when this browser has had enough.
  private boolean isOver(boolean cut) {
    return cut
        || chunks.isOver()
        || (script.end() == Script.End.BROWSER_LEAVES && seen >= script.deltas());
  }

  /// Whether all has come that could come.
  private boolean isWhole() {
    return switch (script.end()) {
      case WHOLE ->
          chunks.status() == 200 && chunks.isOver() && completed && seen == script.deltas();
      case BROWSER_LEAVES -> chunks.status() == 200 && seen >= script.deltas();
      case PROVIDER_LEAVES -> chunks.status() == 200 && !completed && seen == script.deltas();
    };
  }

  private void content(byte next, long now) {
    if (!began) {
      began = true;
      tally.firstByte(now - askedAt);
    }
    stamps.read(next);
    if (!completed) {
      matched = next == COMPLETED[matched] ? matched + 1 : next == COMPLETED[0] ? 1 : 0;
      completed = matched == COMPLETED.length;
    }
  }

  @Override
  public void stamp(long nanos, int stream, int sequence) {
    if (stream != script.number()) {
      throw new IllegalStateException("another stream's event");
    }
    if (sequence != seen) {
      throw new IllegalStateException("event %d where %d was due".formatted(sequence, seen));
    }
    seen++;
    tally.event(System.nanoTime() - nanos);
  }
}

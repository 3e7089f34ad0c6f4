package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// A connection that sends one request after the other and verifies that each response is complete
/// and belongs to its request. It knows no gateway's format.
final class BrowserConnection implements TimestampReader.Listener {
  private static final byte[] COMPLETED = "response.completed".getBytes(ISO_8859_1);

  private final LoadResult result;
  private final TimestampReader timestamps = new TimestampReader(this);
  private final ChunkedDecoder decoder = new ChunkedDecoder();
  private final SocketChannel channel;
  private AnswerScript script = AnswerScript.NONE;
  private long requestedAt;
  private int received;
  private int matched;
  private boolean completed;
  private boolean started;

  BrowserConnection(SocketChannel channel, LoadResult result) {
    this.channel = channel;
    this.result = result;
  }

  void send(byte[] request, AnswerScript answer) throws IOException {
    script = answer;
    decoder.reset();
    timestamps.reset();
    received = 0;
    matched = 0;
    completed = false;
    started = false;
    requestedAt = System.nanoTime();
    ByteBuffer bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// True if the response is complete.
  boolean read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    boolean closed = channel.read(buffer) < 0;
    long now = System.nanoTime();
    buffer.flip();
    while (buffer.hasRemaining()) {
      byte next = buffer.get();
      if (decoder.isContent(next)) {
        content(next, now);
      }
    }
    if (!isComplete(closed)) {
      return false;
    }
    if (!isValid()) {
      throw new IOException(
          "status %d, %d of %d events".formatted(decoder.status(), received, script.deltas()));
    }
    result.recordAnswer();
    return true;
  }

  boolean isReusable() {
    return script.ending() == AnswerScript.Ending.COMPLETE && !decoder.closesConnection();
  }

  void close(SelectionKey key) {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // The connection is not used again.
    }
  }

  /// Complete at the end of the response, or when the script says that the browser disconnects.
  private boolean isComplete(boolean closed) {
    return closed
        || decoder.isComplete()
        || (script.ending() == AnswerScript.Ending.CLIENT_DISCONNECT
            && received >= script.deltas());
  }

  /// Whether the response is what the script defines.
  private boolean isValid() {
    return switch (script.ending()) {
      case COMPLETE ->
          decoder.status() == 200
              && decoder.isComplete()
              && completed
              && received == script.deltas();
      case CLIENT_DISCONNECT -> decoder.status() == 200 && received >= script.deltas();
      case PROVIDER_DISCONNECT ->
          decoder.status() == 200 && !completed && received == script.deltas();
    };
  }

  private void content(byte next, long now) {
    if (!started) {
      started = true;
      result.recordFirstByte(now - requestedAt);
    }
    timestamps.read(next);
    if (!completed) {
      matched = next == COMPLETED[matched] ? matched + 1 : next == COMPLETED[0] ? 1 : 0;
      completed = matched == COMPLETED.length;
    }
  }

  @Override
  public void onTimestamp(long nanos, int stream, int sequence) {
    if (stream != script.stream()) {
      throw new IllegalStateException("an event of another stream");
    }
    if (sequence != received) {
      throw new IllegalStateException("event %d instead of %d".formatted(sequence, received));
    }
    received++;
    result.recordEvent(System.nanoTime() - nanos);
  }
}

package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One connection of the provider: reads a request, sends the scripted answer, reads the next
/// request.
final class ProviderConnection implements Comparable<ProviderConnection> {
  /// Events of an answer without delay before the next connection is served.
  private static final int EVENTS_PER_TURN = 16;

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final byte[] START = ResponseEvents.start();
  private static final byte[] END = ResponseEvents.end();

  private final SocketChannel channel;
  private final SelectionKey key;
  private final byte[] request = new byte[8192];
  private final ResponseEvents events = new ResponseEvents();
  private int received;
  private AnswerScript script = AnswerScript.NONE;
  private int sent;
  private long due;
  private boolean answering;
  private ByteBuffer unsent = ByteBuffer.allocate(0);

  ProviderConnection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  long due() {
    return due;
  }

  boolean isAnswering() {
    return answering;
  }

  boolean isPaced() {
    return script.delayMillis() > 0;
  }

  /// True if a request is complete and its answer is started.
  boolean read() throws IOException {
    int count = channel.read(ByteBuffer.wrap(request, received, request.length - received));
    if (count < 0) {
      throw new IOException("the gateway closed the connection");
    }
    received += count;
    if (answering || !isRequestComplete()) {
      return false;
    }
    script = AnswerScript.parse(request, received);
    received = 0;
    sent = 0;
    answering = true;
    due = System.nanoTime();
    write(START);
    return true;
  }

  /// Sends the events that are due. True if more follow.
  boolean sendNext() throws IOException {
    if (!answering) {
      return false;
    }
    int remaining = isPaced() ? 1 : EVENTS_PER_TURN;
    while (remaining-- > 0 && script.hasMoreAfter(sent)) {
      if (!write(events.delta(script.stream(), sent++))) {
        return false;
      }
    }
    due += TimeUnit.MILLISECONDS.toNanos(script.delayMillis());
    if (script.hasMoreAfter(sent)) {
      return true;
    }
    if (script.ending() == AnswerScript.Ending.PROVIDER_DISCONNECT) {
      throw new IOException("the script disconnects here");
    }
    answering = false;
    write(END);
    return false;
  }

  /// Called when the gateway reads again. True if nothing remains unsent.
  boolean flushUnsent() throws IOException {
    channel.write(unsent);
    if (unsent.hasRemaining()) {
      return false;
    }
    key.interestOps(SelectionKey.OP_READ);
    return true;
  }

  void close() {
    answering = false;
    try {
      channel.close();
    } catch (IOException e) {
      // The connection is not used again.
    }
  }

  @Override
  public int compareTo(ProviderConnection other) {
    return Long.compare(due, other.due);
  }

  private boolean isRequestComplete() {
    String text = new String(request, 0, received, ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return false;
    }
    Matcher length = LENGTH.matcher(text);
    return length.find()
        ? received >= head + 4 + Integer.parseInt(length.group(1))
        : text.endsWith("\r\n0\r\n\r\n");
  }

  /// False if the socket buffer is full; the rest is sent by [#flushUnsent].
  private boolean write(byte[] event) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(event);
    channel.write(bytes);
    if (!bytes.hasRemaining()) {
      return true;
    }
    unsent = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    return false;
  }
}

package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One connection to the provider: reads a request, answers it as its script says, reads the next.
final class ScriptedAnswer implements Comparable<ScriptedAnswer> {
  /// How much an answer without pauses says before another has its turn.
  private static final int EVENTS_A_TURN = 16;

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final byte[] OPENING = ScriptedEvents.opening();
  private static final byte[] CLOSING = ScriptedEvents.closing();

  private final SocketChannel channel;
  private final SelectionKey key;
  private final byte[] request = new byte[8192];
  private final ScriptedEvents events = new ScriptedEvents();
  private int received;
  private Script script = Script.NONE;
  private int said;
  private long due;
  private boolean open;
  private ByteBuffer unsent = ByteBuffer.allocate(0);

  ScriptedAnswer(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  long due() {
    return due;
  }

  /// Whether it is in the middle of an answer.
  boolean isOpen() {
    return open;
  }

  boolean isPaced() {
    return script.pause() > 0;
  }

  /// True if a whole request has come and its answer may begin.
  boolean read() throws IOException {
    int count = channel.read(ByteBuffer.wrap(request, received, request.length - received));
    if (count < 0) {
      throw new IOException("the gateway has hung up");
    }
    received += count;
    if (open || !isWhole()) {
      return false;
    }
    script = Script.in(request, received);
    received = 0;
    said = 0;
    open = true;
    due = System.nanoTime();
    write(OPENING);
    return true;
  }

  /// True if there is more to say, now or later.
  boolean say() throws IOException {
    if (!open) {
      return false;
    }
    int turns = isPaced() ? 1 : EVENTS_A_TURN;
    while (turns-- > 0 && script.goesOnAfter(said)) {
      if (!write(events.delta(script.number(), said++))) {
        return false;
      }
    }
    due += TimeUnit.MILLISECONDS.toNanos(script.pause());
    if (script.goesOnAfter(said)) {
      return true;
    }
    if (script.end() == Script.End.PROVIDER_LEAVES) {
      throw new IOException("the script ends here");
    }
    open = false;
    write(CLOSING);
    return false;
  }

  /// The gateway reads again: true if it has taken what it had not.
  boolean unblock() throws IOException {
    channel.write(unsent);
    if (unsent.hasRemaining()) {
      return false;
    }
    key.interestOps(SelectionKey.OP_READ);
    return true;
  }

  void abandon() {
    open = false;
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone all the same.
    }
  }

  @Override
  public int compareTo(ScriptedAnswer other) {
    return Long.compare(due, other.due);
  }

  private boolean isWhole() {
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

  /// False if the gateway reads too slowly to take it all now.
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

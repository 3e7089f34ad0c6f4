package dev.minimalchat.gateway.upstream.responses;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Parses an event stream by the WHATWG standard (HTML, section 9.2.6) from bytes: only LF, CR and
/// CRLF end a line, never another Unicode line separator.
///
/// It does not interpret events and does not reconnect, so it ignores `retry`. It buffers one event
/// of at most `maxEventBytes`; the memory of a large one is reserved. A comment is reported,
/// because it shows that the server is alive. Not thread-safe.
final class SseReader {
  private static final int INITIAL_BUFFER_BYTES = 2048;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int maxEventBytes;
  private final EventMemory memory;

  private byte[] buffer = new byte[INITIAL_BUFFER_BYTES];
  private int lineStart;
  private int scanned;
  private int limit;
  private boolean atStart = true;
  private boolean skipLineFeed;

  private String type = "";
  private ByteArrayOutputStream data = new ByteArrayOutputStream();
  private boolean hasData;
  private String lastEventId = "";
  private @Nullable ServerSentEvent pending;

  SseReader(InputStream in, int maxEventBytes, EventMemory memory) {
    this.in = in;
    this.maxEventBytes = maxEventBytes;
    this.memory = memory;
  }

  /// The next event or comment, or null at the end of the stream. An event that is incomplete at
  /// the end of the stream is dropped.
  ///
  /// @throws EventTooLargeException if a line or an event exceeds `maxEventBytes`
  @Nullable ServerSentEvent next() throws IOException {
    releaseLargeBuffers();
    while (!ready()) {
      if (!fill()) {
        return null;
      }
    }
    ServerSentEvent event = pending;
    pending = null;
    return event;
  }

  /// After the end of the stream: the event without the empty line that should end it, or null.
  @Nullable ServerSentEvent unfinished() throws IOException {
    if (lineStart < limit) {
      line(lineStart, limit);
      lineStart = limit;
    }
    dispatch();
    ServerSentEvent event = pending;
    pending = null;
    return event;
  }

  /// Whether a whole event is buffered, so that [#next] will not block.
  boolean ready() throws IOException {
    while (pending == null) {
      int end = endOfLine();
      if (end < 0) {
        return false;
      }
      line(lineStart, end);
      lineStart = scanned;
    }
    return true;
  }

  /// Moves past the next line end and returns the index of the line's end, or -1 if it is not
  /// buffered yet. A CR ends its line at once; a following LF is skipped later.
  private int endOfLine() {
    if (skipLineFeed && scanned < limit) {
      skipLineFeed = false;
      if (buffer[scanned] == '\n') {
        lineStart = ++scanned;
      }
    }
    while (scanned < limit) {
      byte b = buffer[scanned++];
      if (b == '\n' || b == '\r') {
        skipLineFeed = b == '\r';
        return scanned - 1;
      }
    }
    return -1;
  }

  private void line(int start, int end) throws IOException {
    if (atStart) {
      atStart = false;
      int markEnd = Math.min(start + BYTE_ORDER_MARK.length, end);
      if (Arrays.equals(buffer, start, markEnd, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
        start = markEnd;
      }
    }
    if (start == end) {
      dispatch();
      return;
    }
    if (buffer[start] == ':' && !hasData) {
      pending = ServerSentEvent.COMMENT;
      return;
    }
    int colon = start;
    while (colon < end && buffer[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, end);
    if (value < end && buffer[value] == ' ') {
      value++;
    }
    field(text(start, colon), value, end);
  }

  private void field(String name, int start, int end) throws IOException {
    switch (name) {
      case "data" -> append(start, end);
      case "event" -> type = text(start, end);
      case "id" -> {
        String id = text(start, end);
        if (id.indexOf('\0') < 0) {
          lastEventId = id;
        }
      }
      default -> {}
    }
  }

  private void append(int start, int end) throws IOException {
    if (hasData) {
      data.write('\n');
    }
    int size = data.size() + (end - start);
    if (size > maxEventBytes) {
      throw new EventTooLargeException(maxEventBytes);
    }
    memory.reserve(size);
    hasData = true;
    data.write(buffer, start, end - start);
  }

  private void dispatch() {
    if (hasData) {
      String name = type.isEmpty() ? "message" : type;
      pending = new ServerSentEvent(name, data.toByteArray(), lastEventId);
    }
    type = "";
    data.reset();
    hasData = false;
  }

  /// After a large event, unless the next one is already partly read.
  private void releaseLargeBuffers() {
    int unread = limit - lineStart;
    if (buffer.length <= EventMemory.SMALL_EVENT_BYTES
        || unread > INITIAL_BUFFER_BYTES
        || hasData) {
      return;
    }
    buffer = Arrays.copyOfRange(buffer, lineStart, lineStart + INITIAL_BUFFER_BYTES);
    scanned -= lineStart;
    limit = unread;
    lineStart = 0;
    data = new ByteArrayOutputStream();
    memory.release();
  }

  /// Blocks for more bytes; an unfinished line moves to the front of the buffer.
  private boolean fill() throws IOException {
    if (lineStart > 0) {
      System.arraycopy(buffer, lineStart, buffer, 0, limit - lineStart);
      scanned -= lineStart;
      limit -= lineStart;
      lineStart = 0;
    }
    if (limit == buffer.length) {
      if (limit >= maxEventBytes) {
        throw new EventTooLargeException(maxEventBytes);
      }
      int size = Math.min(2 * buffer.length, maxEventBytes);
      memory.reserve(size);
      buffer = Arrays.copyOf(buffer, size);
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      return false;
    }
    limit += count;
    return true;
  }

  private String text(int start, int end) {
    return new String(buffer, start, end - start, StandardCharsets.UTF_8);
  }

  /// A line or an event exceeds `maxEventBytes`.
  static final class EventTooLargeException extends IOException {
    private EventTooLargeException(int bound) {
      super("an event exceeds " + bound + " bytes");
    }
  }
}

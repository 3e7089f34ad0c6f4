package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// Incremental decoder of one chunked response (RFC 9112, section 7.1): which bytes are content,
/// and when the response is complete.
final class ChunkedDecoder {
  private enum State {
    HEAD,
    SIZE,
    SIZE_END,
    CONTENT,
    CONTENT_END,
    TRAILER,
    END
  }

  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final byte[] CLOSE = "connection: close\r".getBytes(ISO_8859_1);

  private State state = State.HEAD;
  private int status;
  private int position;
  private int matched;
  private int closing;
  private int remaining;

  void reset() {
    state = State.HEAD;
    status = 0;
    position = 0;
    matched = 0;
    closing = 0;
    remaining = 0;
  }

  int status() {
    return status;
  }

  /// True if the connection cannot be reused.
  boolean closesConnection() {
    return closing == CLOSE.length;
  }

  boolean isComplete() {
    return state == State.END;
  }

  /// Consumes a byte. True if it is part of the content.
  boolean isContent(byte next) {
    switch (state) {
      case HEAD -> head(next);
      case SIZE -> size(next);
      case SIZE_END -> state = remaining > 0 ? State.CONTENT : State.TRAILER;
      case CONTENT -> {
        if (--remaining == 0) {
          state = State.CONTENT_END;
        }
        return true;
      }
      case CONTENT_END -> {
        if (next == '\n') {
          state = State.SIZE;
        }
      }
      case TRAILER -> {
        if (next == '\n') {
          state = State.END;
        }
      }
      case END -> throw new IllegalStateException("data after the end of the response");
    }
    return false;
  }

  private void head(byte next) {
    if (position >= 9 && position < 12) {
      status = status * 10 + next - '0';
    }
    position++;
    matched = next == HEAD_END[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    if (closing < CLOSE.length) {
      int letter = Character.toLowerCase(next);
      closing = letter == CLOSE[closing] ? closing + 1 : letter == CLOSE[0] ? 1 : 0;
    }
    if (matched == HEAD_END.length) {
      state = State.SIZE;
    }
  }

  private void size(byte next) {
    int digit = Character.digit(next, 16);
    if (digit >= 0) {
      remaining = remaining * 16 + digit;
    } else if (next == '\r') {
      state = State.SIZE_END;
    }
  }
}

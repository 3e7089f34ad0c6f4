package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// The state of one chunked answer (RFC 9112, section 7.1) that comes in pieces: which of its bytes
/// are content, and when it is over.
final class Chunks {
  private enum At {
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

  private At at = At.HEAD;
  private int status;
  private int position;
  private int matched;
  private int closing;
  private int left;

  void reset() {
    at = At.HEAD;
    status = 0;
    position = 0;
    matched = 0;
    closing = 0;
    left = 0;
  }

  int status() {
    return status;
  }

  /// True if the connection serves no further answer.
  boolean isLast() {
    return closing == CLOSE.length;
  }

  boolean isOver() {
    return at == At.END;
  }

  /// True if this byte is a part of the content.
  boolean isContent(byte next) {
    switch (at) {
      case HEAD -> head(next);
      case SIZE -> size(next);
      case SIZE_END -> at = left > 0 ? At.CONTENT : At.TRAILER;
      case CONTENT -> {
        if (--left == 0) {
          at = At.CONTENT_END;
        }
        return true;
      }
      case CONTENT_END -> {
        if (next == '\n') {
          at = At.SIZE;
        }
      }
      case TRAILER -> {
        if (next == '\n') {
          at = At.END;
        }
      }
      case END -> throw new IllegalStateException("more than the answer");
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
      at = At.SIZE;
    }
  }

  private void size(byte next) {
    int digit = Character.digit(next, 16);
    if (digit >= 0) {
      left = left * 16 + digit;
    } else if (next == '\r') {
      at = At.SIZE_END;
    }
  }
}

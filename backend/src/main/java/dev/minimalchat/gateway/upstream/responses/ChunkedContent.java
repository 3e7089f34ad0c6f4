package dev.minimalchat.gateway.upstream.responses;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/// Decodes the chunked transfer coding (RFC 9112, section 7.1). A read blocks until there is some
/// content, and then returns all that is buffered: it takes the framing as it comes, byte by byte,
/// so a part of a chunk's head never holds back the content before it. Bytes received before an
/// error are returned before it is thrown.
///
/// Chunk extensions and trailers are skipped, never kept.
final class ChunkedContent extends InputStream {
  /// Hexadecimal digits of a chunk's size: more than any body has, less than overflows.
  private static final int MAX_SIZE_DIGITS = 15;

  private final SessionInputBuffer buffer;
  private final InputStream in;
  private final int maxFramingBytes;

  private State state = State.SIZE;
  private long size;
  private int sizeDigits;

  /// Framing since the last content.
  private int framingBytes;

  private @Nullable IOException pendingError;

  private enum State {
    SIZE,
    EXTENSION,
    CONTENT,
    CONTENT_END,
    TRAILER_START,
    TRAILER,
    END
  }

  /// @param maxFramingBytes between two pieces of content, or after the last one
  ChunkedContent(SessionInputBuffer buffer, InputStream in, int maxFramingBytes) {
    this.buffer = buffer;
    this.in = in;
    this.maxFramingBytes = maxFramingBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (pendingError != null) {
      throw pendingError;
    }
    int count = 0;
    try {
      while (count < length && state != State.END && (count == 0 || buffer.length() > 0)) {
        if (state == State.CONTENT) {
          count += content(bytes, offset + count, length - count);
        } else {
          framing();
        }
      }
    } catch (IOException e) {
      if (count == 0) {
        throw e;
      }
      pendingError = e;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  /// Reads to the end, so that the connection can be reused.
  @Override
  public void close() throws IOException {
    transferTo(OutputStream.nullOutputStream());
  }

  private int content(byte[] bytes, int offset, int length) throws IOException {
    int count = present(buffer.read(bytes, offset, (int) Math.min(length, size), in));
    framingBytes = 0;
    size -= count;
    if (size == 0) {
      state = State.CONTENT_END;
    }
    return count;
  }

  private void framing() throws IOException {
    int next = present(buffer.read(in));
    if (++framingBytes > maxFramingBytes) {
      throw new MessageConstraintException("too much framing between two chunks");
    }
    if (next == '\r') {
      return;
    }
    boolean lineEnd = next == '\n';
    state =
        switch (state) {
          case SIZE -> lineEnd ? afterSize() : size(next);
          case EXTENSION -> lineEnd ? afterSize() : State.EXTENSION;
          case CONTENT_END -> nextChunk(lineEnd);
          case TRAILER_START -> lineEnd ? State.END : State.TRAILER;
          case TRAILER -> lineEnd ? State.TRAILER_START : State.TRAILER;
          case CONTENT, END -> throw new IllegalStateException("no framing in " + state);
        };
  }

  private State size(int next) throws IOException {
    int digit = Character.digit(next, 16);
    if (digit >= 0 && sizeDigits < MAX_SIZE_DIGITS) {
      sizeDigits++;
      size = size << 4 | digit;
      return State.SIZE;
    }
    if (sizeDigits > 0 && (next == ';' || next == ' ' || next == '\t')) {
      return State.EXTENSION;
    }
    throw new MalformedChunkCodingException("invalid chunk size");
  }

  private State afterSize() throws IOException {
    if (sizeDigits == 0) {
      throw new MalformedChunkCodingException("no chunk size");
    }
    return size == 0 ? State.TRAILER_START : State.CONTENT;
  }

  private State nextChunk(boolean lineEnd) throws IOException {
    if (!lineEnd) {
      throw new MalformedChunkCodingException("no line end after a chunk");
    }
    sizeDigits = 0;
    return State.SIZE;
  }

  private static int present(int read) throws IOException {
    if (read < 0) {
      throw new ConnectionClosedException("closed inside a chunked body");
    }
    return read;
  }
}

package dev.minimalchat.gateway.upstream.responses;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Returns the bytes in pieces of a given size, as a network does.
final class ChunkedInputStream extends InputStream {
  private final ByteArrayInputStream bytes;
  private final IntUnaryOperator pieceAt;
  private int position;

  private ChunkedInputStream(byte[] bytes, IntUnaryOperator pieceAt) {
    this.bytes = new ByteArrayInputStream(bytes);
    this.pieceAt = pieceAt;
  }

  static ChunkedInputStream of(byte[] bytes, int piece) {
    return new ChunkedInputStream(bytes, _ -> piece);
  }

  /// No read crosses one of the given offsets.
  static ChunkedInputStream cutAt(byte[] bytes, int... cuts) {
    return new ChunkedInputStream(
        bytes,
        position ->
            Arrays.stream(cuts)
                .map(cut -> cut - position)
                .filter(piece -> piece > 0)
                .min()
                .orElse(Integer.MAX_VALUE));
  }

  @Override
  public int read() {
    position++;
    return bytes.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    int count = bytes.read(buffer, offset, Math.min(length, pieceAt.applyAsInt(position)));
    position += Math.max(0, count);
    return count;
  }
}

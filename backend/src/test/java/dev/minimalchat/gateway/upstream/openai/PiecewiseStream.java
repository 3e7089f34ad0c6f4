package dev.minimalchat.gateway.upstream.openai;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Hands bytes out in pieces of its own choosing, as a network does.
final class PiecewiseStream extends InputStream {
  private final ByteArrayInputStream bytes;
  private final IntUnaryOperator pieceAt;
  private int position;

  private PiecewiseStream(byte[] bytes, IntUnaryOperator pieceAt) {
    this.bytes = new ByteArrayInputStream(bytes);
    this.pieceAt = pieceAt;
  }

  static PiecewiseStream of(byte[] bytes, int piece) {
    return new PiecewiseStream(bytes, _ -> piece);
  }

  /// Never reads across one of the given offsets.
  static PiecewiseStream cutAt(byte[] bytes, int... cuts) {
    return new PiecewiseStream(
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

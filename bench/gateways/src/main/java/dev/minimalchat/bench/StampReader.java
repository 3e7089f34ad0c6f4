package dev.minimalchat.bench;

import java.util.Arrays;

/// Finds the stamps in an answer that comes in pieces, whatever a gateway has wrapped around them.
final class StampReader {
  private static final int NONE = -1;

  private final Sink sink;
  private final long[] numbers = new long[3];
  private int field = NONE;

  StampReader(Sink sink) {
    this.sink = sink;
  }

  void reset() {
    field = NONE;
  }

  void read(byte next) {
    if (next == Stamp.MARK) {
      end();
    } else if (field == NONE) {
      return;
    } else if (next >= '0' && next <= '9') {
      numbers[field] = numbers[field] * 10 + next - '0';
    } else if (next == ':' && field < 2) {
      field++;
    } else {
      throw new IllegalStateException("a stamp was damaged on its way");
    }
  }

  private void end() {
    if (field == NONE) {
      Arrays.fill(numbers, 0);
      field = 0;
      return;
    }
    field = NONE;
    sink.stamp(numbers[0], (int) numbers[1], (int) numbers[2]);
  }

  interface Sink {
    void stamp(long nanos, int stream, int sequence);
  }
}

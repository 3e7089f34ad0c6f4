package dev.minimalchat.bench;

import java.util.Arrays;

/// Finds the timestamps in a response that arrives in chunks, independent of the gateway's format.
final class TimestampReader {
  private static final int OUTSIDE = -1;

  private final Listener listener;
  private final long[] numbers = new long[3];
  private int field = OUTSIDE;

  TimestampReader(Listener listener) {
    this.listener = listener;
  }

  void reset() {
    field = OUTSIDE;
  }

  void read(byte next) {
    if (next == Timestamp.MARK) {
      onMark();
    } else if (field == OUTSIDE) {
      return;
    } else if (next >= '0' && next <= '9') {
      numbers[field] = numbers[field] * 10 + next - '0';
    } else if (next == ':' && field < 2) {
      field++;
    } else {
      throw new IllegalStateException("a timestamp was corrupted");
    }
  }

  private void onMark() {
    if (field == OUTSIDE) {
      Arrays.fill(numbers, 0);
      field = 0;
      return;
    }
    field = OUTSIDE;
    listener.onTimestamp(numbers[0], (int) numbers[1], (int) numbers[2]);
  }

  interface Listener {
    void onTimestamp(long nanos, int stream, int sequence);
  }
}

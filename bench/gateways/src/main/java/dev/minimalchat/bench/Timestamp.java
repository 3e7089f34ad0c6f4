package dev.minimalchat.bench;

/// The text of a delta: `@NANOS:STREAM:SEQUENCE@`, the time at which it was written, the number of
/// its answer, and its position in the answer. The numbers have leading zeros, so that every delta
/// has the same length.
final class Timestamp {
  static final char MARK = '@';
  static final int TIME_DIGITS = 19;
  static final int DIGITS = 7;
  static final int LENGTH = 4 + TIME_DIGITS + 2 * DIGITS;

  static void write(byte[] target, int offset, long nanos, int stream, int sequence) {
    target[offset] = MARK;
    digits(target, offset + 1, TIME_DIGITS, nanos);
    target[offset + 1 + TIME_DIGITS] = ':';
    digits(target, offset + 2 + TIME_DIGITS, DIGITS, stream);
    target[offset + 2 + TIME_DIGITS + DIGITS] = ':';
    digits(target, offset + 3 + TIME_DIGITS + DIGITS, DIGITS, sequence);
    target[offset + LENGTH - 1] = MARK;
  }

  private static void digits(byte[] target, int offset, int count, long number) {
    long rest = number;
    for (int i = offset + count - 1; i >= offset; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private Timestamp() {}
}

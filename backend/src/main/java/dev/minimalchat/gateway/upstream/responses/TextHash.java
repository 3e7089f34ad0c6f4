package dev.minimalchat.gateway.upstream.responses;

/// The length and a hash of text that was relayed. It tells whether a longer text continues it,
/// without a copy of the text.
///
/// @param length in UTF-16 code units
record TextHash(long length, long hash) {
  static final TextHash EMPTY = new TextHash(0, 0);

  private static final long PRIME = 0x100000001b3L;

  TextHash append(String text) {
    return append(text, text.length());
  }

  /// @param count how many characters of the text
  TextHash append(String text, int count) {
    long state = hash;
    for (int i = 0; i < count; i++) {
      state = state * PRIME + text.charAt(i) + 1;
    }
    return new TextHash(length + count, state);
  }

  boolean isPrefixOf(String text) {
    return text.length() >= length && EMPTY.append(text, (int) length).equals(this);
  }
}

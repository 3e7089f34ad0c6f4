package dev.minimalchat.gateway.upstream.responses;

import java.nio.charset.StandardCharsets;

/// One dispatched event of an event stream (HTML, section 9.2.6).
///
/// @param type the `event:` field, or `message` by default
/// @param bytes the data as received; UTF-8 if the server conforms. Not a copy.
/// @see SseReader
@SuppressWarnings("ArrayRecordComponent") // Events are never compared.
record ServerSentEvent(String type, byte[] bytes, String lastEventId) {
  /// Stands for any comment: only that one arrived is of interest.
  static final ServerSentEvent COMMENT = new ServerSentEvent("", new byte[0], "");

  boolean isComment() {
    return type.isEmpty();
  }

  /// Whether it is the end of a stream of chat completions.
  boolean isDone() {
    return bytes.length > 0 && bytes[0] == '[' && data().startsWith("[DONE]");
  }

  /// The data as text; invalid UTF-8 becomes U+FFFD, as the standard requires.
  String data() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

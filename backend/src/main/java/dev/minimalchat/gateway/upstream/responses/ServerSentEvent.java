package dev.minimalchat.gateway.upstream.responses;

import java.nio.charset.StandardCharsets;

/// One dispatched event of an event stream (HTML, section 9.2.6).
///
/// @see SseReader
final class ServerSentEvent {
  private final String type;
  private final byte[] data;
  private final String lastEventId;

  ServerSentEvent(String type, byte[] data, String lastEventId) {
    this.type = type;
    this.data = data;
    this.lastEventId = lastEventId;
  }

  /// The `event:` field, or `message` by default.
  String type() {
    return type;
  }

  /// The data as received; UTF-8 if the server conforms. Not a copy.
  byte[] bytes() {
    return data;
  }

  /// The data as text; invalid UTF-8 becomes U+FFFD, as the standard requires.
  String data() {
    return new String(data, StandardCharsets.UTF_8);
  }

  String lastEventId() {
    return lastEventId;
  }
}

package dev.minimalchat.gateway.upstream.openai;

import java.nio.charset.StandardCharsets;

/// One dispatched event of an event stream.
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

  /// The `event:` field, `message` where there was none.
  String type() {
    return type;
  }

  /// The data as it came, UTF-8 if the server kept to the standard. Not a copy.
  byte[] bytes() {
    return data;
  }

  /// The data as text; bytes that are not UTF-8 become U+FFFD, as the standard asks.
  String data() {
    return new String(data, StandardCharsets.UTF_8);
  }

  String lastEventId() {
    return lastEventId;
  }
}

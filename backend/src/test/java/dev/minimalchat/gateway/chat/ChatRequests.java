package dev.minimalchat.gateway.chat;

/// Bodies of `POST /v1/chat`.
final class ChatRequests {
  private ChatRequests() {}

  static String aQuestion() {
    return messages("{\"role\":\"user\",\"content\":\"Say hello in one short sentence.\"}");
  }

  static String messages(String... messages) {
    return "{\"messages\":[" + String.join(",", messages) + "]}";
  }

  /// A valid request of this size in bytes.
  static String padded(int bytes) {
    String empty = messages("{\"role\":\"user\",\"content\":\"\"}");
    return empty.replace("\"\"", "\"" + "a".repeat(bytes - empty.length()) + "\"");
  }
}

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
}

package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Events of providers as JSON. Single quotes stand for double quotes, for readability.
final class ProviderJson {
  static final String DELTA = "{'type':'response.output_text.delta','delta':'Hel'}";

  private ProviderJson() {}

  static ServerSentEvent event(String json) {
    return event("message", json);
  }

  static ServerSentEvent event(String name, String json) {
    return new ServerSentEvent(name, bytes(json), "");
  }

  static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }

  static String created(String id, String model) {
    return "{'type':'response.created','response':{'id':'%s','model':'%s'}}".formatted(id, model);
  }

  static String completed(String response) {
    return "{'type':'response.completed','response':{%s}}".formatted(response);
  }

  static String incomplete(String response) {
    return "{'type':'response.incomplete','response':{%s}}".formatted(response);
  }

  /// A message item with text.
  static String message(String text) {
    return "{'type':'message','content':[{'type':'output_text','text':'%s','annotations':[]}]}"
        .formatted(text);
  }

  static String refusal(String text) {
    return "{'type':'message','content':[{'type':'refusal','refusal':'%s'}]}".formatted(text);
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Events of providers as JSON. Single quotes stand for double quotes, for readability.
final class ProviderJson {
  static final String API_KEY = "sk-a-key-of-the-provider";
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

  static String delta(int output, int content, String text) {
    return at("response.output_text.delta", output, content, "'delta':'%s'".formatted(text));
  }

  static String textDone(int output, int content, String text) {
    return at("response.output_text.done", output, content, "'text':'%s'".formatted(text));
  }

  static String refusalDone(int output, int content, String text) {
    return at("response.refusal.done", output, content, "'refusal':'%s'".formatted(text));
  }

  static String partDone(int output, int content, String part) {
    return at("response.content_part.done", output, content, "'part':" + part);
  }

  static String messageAdded(int output, String phase) {
    return "{'type':'response.output_item.added','output_index':%d,'item':{'type':'message','role':'assistant','content':[],'phase':%s}}"
        .formatted(output, phase);
  }

  static String itemDone(int output, String item) {
    return "{'type':'response.output_item.done','output_index':%d,'item':%s}"
        .formatted(output, item);
  }

  private static String at(String type, int output, int content, String field) {
    return "{'type':'%s','output_index':%d,'content_index':%d,%s}"
        .formatted(type, output, content, field);
  }
}

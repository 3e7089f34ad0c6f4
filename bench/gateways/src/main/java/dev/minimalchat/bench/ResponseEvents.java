package dev.minimalchat.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// The bytes of a response as OpenAI sends it, one chunk per event: three events before the deltas
/// and three after them.
final class ResponseEvents {
  private static final String DELTA =
      "\"response.output_text.delta\",\"sequence_number\":3,\"item_id\":\"msg_68f1c2\","
          + "\"output_index\":0,\"content_index\":0,\"delta\":\"%s\",\"logprobs\":[],"
          + "\"obfuscation\":\"zb2VZr3uMaj\"";

  private final byte[] delta =
      event("response.output_text.delta", DELTA.formatted("@".repeat(Timestamp.LENGTH)))
          .getBytes(ISO_8859_1);
  private final int timestampOffset = new String(delta, ISO_8859_1).indexOf(Timestamp.MARK);

  /// The buffer of this response, which each call overwrites.
  byte[] delta(int stream, int sequence) {
    Timestamp.write(delta, timestampOffset, System.nanoTime(), stream, sequence);
    return delta;
  }

  static byte[] start() {
    String response =
        "\"response\":{\"id\":\"resp_68f1c1\",\"object\":\"response\",\"created_at\":1760000000,"
            + "\"status\":\"in_progress\",\"model\":\"bench-2026-01-01\",\"output\":[],\"usage\":null}";
    String item =
        "\"output_index\":0,\"item\":{\"id\":\"msg_68f1c2\",\"type\":\"message\","
            + "\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}";
    String part =
        "\"item_id\":\"msg_68f1c2\",\"output_index\":0,\"content_index\":0,"
            + "\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[]}";
    return ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + event("response.created", "\"response.created\",\"sequence_number\":0," + response)
            + event(
                "response.output_item.added",
                "\"response.output_item.added\",\"sequence_number\":1," + item)
            + event(
                "response.content_part.added",
                "\"response.content_part.added\",\"sequence_number\":2," + part))
        .getBytes(ISO_8859_1);
  }

  static byte[] end() {
    String done = "\"item_id\":\"msg_68f1c2\",\"output_index\":0,\"content_index\":0,\"text\":\"\"";
    String response =
        "\"response\":{\"id\":\"resp_68f1c1\",\"object\":\"response\",\"created_at\":1760000000,"
            + "\"status\":\"completed\",\"model\":\"bench-2026-01-01\",\"output\":[],"
            + "\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":0},"
            + "\"output_tokens\":31,\"output_tokens_details\":{\"reasoning_tokens\":0},"
            + "\"total_tokens\":40}}";
    String number = ",\"sequence_number\":2000000,";
    return (event("response.output_text.done", "\"response.output_text.done\"" + number + done)
            + event(
                "response.output_item.done",
                "\"response.output_item.done\"" + number + "\"output_index\":0,\"item\":null")
            + event("response.completed", "\"response.completed\"" + number + response)
            + "0\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  private static String event(String name, String json) {
    String event = "event: " + name + "\ndata: {\"type\":" + json + "}\n\n";
    return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
  }
}

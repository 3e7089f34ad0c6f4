package dev.minimalchat.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Numbers events and writes each with a single flush. It does not know what they mean.
final class SseWriter {
  private static final JsonMapper JSON = new JsonMapper();

  private final OutputStream out;
  private int sequenceNumber;

  SseWriter(OutputStream out) {
    this.out = out;
  }

  void event(String type, ObjectNode fields) throws IOException {
    ObjectNode event =
        JSON.createObjectNode().put("type", type).put("sequence_number", sequenceNumber++);
    event.setAll(fields);
    write("event: " + type + "\ndata: " + event + "\n\n");
  }

  void comment(String text) throws IOException {
    write(": " + text + "\n\n");
  }

  private void write(String block) throws IOException {
    out.write(block.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}

package dev.minimalchat.gateway.upstream.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Numbers events and writes each as one piece. It does not know what they mean.
final class EventStream {
  private static final JsonMapper JSON = new JsonMapper();

  private final OutputStream out;
  private int sequence;

  EventStream(OutputStream out) {
    this.out = out;
  }

  void send(String type, ObjectNode fields) throws IOException {
    ObjectNode event = JSON.createObjectNode().put("type", type).put("sequence_number", sequence++);
    event.setAll(fields);
    write("event: " + type + "\ndata: " + event + "\n\n");
  }

  void comment(String text) throws IOException {
    write(": " + text + "\n\n");
  }

  private void write(String piece) throws IOException {
    out.write(piece.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}

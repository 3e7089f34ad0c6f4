package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.relay.EventStream.JsonFields;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/// Writes a whole answer as the response, with its length: a client can tell whether it is
/// complete.
final class JsonReply {
  private JsonReply() {}

  /// @param value writes one JSON value
  static void write(HttpServletResponse reply, ObjectMapper json, JsonFields value)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator out = json.createGenerator(body)) {
      value.write(out);
    }
    reply.setContentType(MediaType.APPLICATION_JSON_VALUE);
    reply.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    reply.setContentLength(body.size());
    body.writeTo(reply.getOutputStream());
  }
}

package dev.minimalchat.gateway.relay;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// The events of one response, each written as a whole, so that a keep-alive comment is never
/// inside one. Thread-safe.
///
/// Buffers until [#commit]; before that, a failure can still be an HTTP error response.
public final class EventStream {
  private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final int INITIAL_BUFFER_BYTES = 512;

  private final SseEmitter emitter;
  private final ObjectMapper json;
  private final EventBuffer buffer = new EventBuffer();
  private boolean committed;

  public EventStream(SseEmitter emitter, ObjectMapper json) {
    this.emitter = emitter;
    this.json = json;
  }

  /// Adds an event. It is removed again if it fails, for example for lack of memory.
  ///
  /// @param head the lines before the data, such as `event: error\n`; may be empty
  public synchronized void add(String head, JsonFields data) {
    int start = buffer.size();
    boolean isWhole = false;
    try {
      ascii(head);
      ascii("data: ");
      json(data);
      ascii("\n\n");
      isWhole = true;
    } finally {
      if (!isWhole) {
        buffer.truncate(start);
      }
    }
  }

  /// Adds an event whose data is not JSON.
  ///
  /// @param data ASCII characters without a line end
  public synchronized void addText(String data) {
    ascii("data: " + data + "\n\n");
  }

  /// Allows [#flush] to send; the response status is 200 from here on.
  public synchronized void commit() {
    committed = true;
  }

  /// Sends the buffer in one piece.
  ///
  /// @throws ClientDisconnectedException if the client has disconnected
  public synchronized void flush() {
    if (committed && buffer.size() > 0) {
      byte[] bytes = buffer.toByteArray();
      buffer.reset();
      send(bytes);
    }
  }

  /// Sends the buffer or, if that is empty, a comment.
  ///
  /// @throws ClientDisconnectedException if the client has disconnected
  public synchronized void keepAlive() {
    if (buffer.size() > 0) {
      flush();
    } else if (committed) {
      send(KEEP_ALIVE);
    }
  }

  public void complete() {
    emitter.complete();
  }

  public void onDisconnect(Runnable action) {
    emitter.onError(_ -> action.run());
    emitter.onTimeout(action);
    emitter.onCompletion(action);
  }

  private void send(byte[] bytes) {
    try {
      emitter.send(Set.of(new DataWithMediaType(bytes, MediaType.TEXT_EVENT_STREAM)));
    } catch (IOException | IllegalStateException e) {
      throw new ClientDisconnectedException(e);
    }
  }

  private void json(JsonFields data) {
    try (JsonGenerator out = json.createGenerator(buffer)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartObject();
      data.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("strings and numbers are always serialisable", e);
    }
  }

  private void ascii(String text) {
    buffer.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// The fields of a JSON object.
  @FunctionalInterface
  public interface JsonFields {
    /// Writes the fields, between the braces.
    void write(JsonGenerator out) throws IOException;
  }

  private static final class EventBuffer extends ByteArrayOutputStream {
    EventBuffer() {
      super(INITIAL_BUFFER_BYTES);
    }

    synchronized void truncate(int size) {
      count = size;
    }
  }
}

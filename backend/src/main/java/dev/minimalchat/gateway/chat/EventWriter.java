package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.ErrorBody;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Writes events in the format of `docs/protocol.md`, each as a whole, so that a keep-alive comment
/// is never inside one. Thread-safe.
///
/// Buffers until [#commit]; before that, a failure can still be an HTTP error response.
final class EventWriter {
  private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final int INITIAL_BUFFER_BYTES = 512;

  private final SseEmitter emitter;
  private final ObjectMapper json;
  private final EventBuffer buffer = new EventBuffer();

  private String responseId;
  private String model;
  private long sequenceNumber;
  private boolean committed;
  private boolean ended;

  /// @param responseId the response's id until the provider sends one
  /// @param model the response's model until the provider sends one
  EventWriter(SseEmitter emitter, ObjectMapper json, String responseId, String model) {
    this.emitter = emitter;
    this.json = json;
    this.responseId = responseId;
    this.model = model;
  }

  /// Buffers an event until the next [#flush]. `response.created` is always the first event and is
  /// written once, whatever the provider sends.
  ///
  /// @return whether anything was written: some events are not part of the contract
  synchronized boolean write(UpstreamEvent event) {
    return switch (event) {
      case UpstreamEvent.Attempt _,
          UpstreamEvent.KeepAlive _,
          UpstreamEvent.InProgress _,
          UpstreamEvent.Unknown _ ->
          false;
      case UpstreamEvent.Created(String newId, String newModel) ->
          sequenceNumber == 0 && created(newId, newModel);
      case UpstreamEvent.TextDelta(String text) -> delta("response.output_text.delta", text);
      case UpstreamEvent.RefusalDelta(String text) -> delta("response.refusal.delta", text);
      case UpstreamEvent.Completed(Usage usage) ->
          last("response.completed", out -> response("completed", null, usage, out));
      case UpstreamEvent.Incomplete(String reason, Usage usage) ->
          last("response.incomplete", out -> response("incomplete", reason, usage, out));
    };
  }

  synchronized void write(ErrorBody error) {
    last("error", out -> out.writePOJOField("error", error));
  }

  /// Allows [#flush] to send; the response status is 200 from here on.
  synchronized void commit() {
    committed = true;
  }

  /// Sends the buffer in one piece.
  ///
  /// @throws ClientDisconnectedException if the client has disconnected
  synchronized void flush() {
    if (committed && buffer.size() > 0) {
      byte[] bytes = buffer.toByteArray();
      buffer.reset();
      send(bytes);
    }
  }

  /// Sends the buffer or, if that is empty, a comment.
  synchronized void keepAlive() {
    if (buffer.size() > 0) {
      flush();
    } else if (committed) {
      send(KEEP_ALIVE);
    }
  }

  private void send(byte[] bytes) {
    try {
      emitter.send(Set.of(new DataWithMediaType(bytes, MediaType.TEXT_EVENT_STREAM)));
    } catch (IOException | IllegalStateException e) {
      throw new ClientDisconnectedException(e);
    }
  }

  private boolean created(@Nullable String newId, @Nullable String newModel) {
    responseId = newId == null ? responseId : newId;
    model = newModel == null ? model : newModel;
    return encode("response.created", out -> response("in_progress", null, null, out));
  }

  private boolean delta(String type, String text) {
    return append(type, out -> out.writeStringField("delta", text));
  }

  /// Only the first of several is written.
  private boolean last(String type, Fields fields) {
    boolean written = !ended && append(type, fields);
    ended = true;
    return written;
  }

  private boolean append(String type, Fields fields) {
    if (sequenceNumber == 0) {
      created(null, null);
    }
    return encode(type, fields);
  }

  /// Removes what it has written if it fails, for example for lack of memory.
  private boolean encode(String type, Fields fields) {
    int start = buffer.size();
    boolean isWhole = false;
    try {
      ascii("id: " + sequenceNumber + "\nevent: " + type + "\ndata: ");
      json(type, fields);
      ascii("\n\n");
      isWhole = true;
    } finally {
      if (!isWhole) {
        buffer.truncate(start);
      }
    }
    sequenceNumber++;
    return true;
  }

  private void json(String type, Fields fields) {
    try (JsonGenerator out = json.createGenerator(buffer)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartObject();
      out.writeStringField("type", type);
      out.writeNumberField("sequence_number", sequenceNumber);
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("strings and numbers are always serialisable", e);
    }
  }

  private void response(
      String status, @Nullable String reason, @Nullable Usage usage, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("response");
    out.writeStringField("id", responseId);
    out.writeStringField("object", "response");
    out.writeStringField("status", status);
    out.writeStringField("model", model);
    if (reason != null) {
      out.writeObjectFieldStart("incomplete_details");
      out.writeStringField("reason", reason);
      out.writeEndObject();
    }
    if (usage != null) {
      usage(usage, out);
    }
    out.writeEndObject();
  }

  private static void usage(Usage usage, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("usage");
    out.writeNumberField("input_tokens", usage.inputTokens());
    out.writeObjectFieldStart("input_tokens_details");
    out.writeNumberField("cached_tokens", usage.cachedTokens());
    out.writeEndObject();
    out.writeNumberField("output_tokens", usage.outputTokens());
    out.writeObjectFieldStart("output_tokens_details");
    out.writeNumberField("reasoning_tokens", usage.reasoningTokens());
    out.writeEndObject();
    out.writeNumberField("total_tokens", usage.totalTokens());
    out.writeEndObject();
  }

  private void ascii(String text) {
    buffer.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// The fields of an event after `type` and `sequence_number`.
  private interface Fields {
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

  /// The client can no longer be written to.
  static final class ClientDisconnectedException extends RuntimeException {
    private ClientDisconnectedException(Exception cause) {
      super(cause);
    }

    /// Whether an I/O error was the cause, which Tomcat has noticed too.
    boolean isIoError() {
      return getCause() instanceof IOException;
    }
  }
}

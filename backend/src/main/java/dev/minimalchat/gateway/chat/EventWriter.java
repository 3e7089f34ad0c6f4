package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.ErrorBody;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Writes events as the contract words them, each whole, so that a keep-alive never falls into one.
///
/// Nothing leaves before [#open]: until then the answer can still become an HTTP error.
final class EventWriter {
  private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

  private final SseEmitter emitter;
  private final ObjectMapper json;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(512);
  private String id;
  private String model;
  private long number;
  private boolean open;

  /// @param id the answer's name until the provider gives one
  /// @param model the model's name until the provider gives one
  EventWriter(SseEmitter emitter, ObjectMapper json, String id, String model) {
    this.emitter = emitter;
    this.json = json;
    this.id = id;
    this.model = model;
  }

  /// Puts an event behind those that wait for the next [#flush]. The first is always
  /// `response.created`, and there is only one of it, whatever the provider does.
  void write(ChatEvent event) {
    lock.lock();
    try {
      boolean created = event instanceof ChatEvent.Created;
      if (number == 0 && !created) {
        encode(new ChatEvent.Created(null, null));
      }
      if (number == 0 || !created) {
        encode(event);
      }
    } catch (IOException e) {
      throw new IllegalStateException("an event of strings and numbers is always JSON", e);
    } finally {
      lock.unlock();
    }
  }

  /// From here on the browser has its 200.
  void open() {
    lock.lock();
    try {
      open = true;
    } finally {
      lock.unlock();
    }
  }

  /// Sends what waits, as one piece.
  ///
  /// @throws BrowserGoneException if there is nobody to send it to
  void flush() {
    lock.lock();
    try {
      if (open && waiting.size() > 0) {
        byte[] bytes = waiting.toByteArray();
        waiting.reset();
        send(bytes);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A sign of life: what waits, or else a comment.
  void keepAlive() {
    lock.lock();
    try {
      if (waiting.size() > 0) {
        flush();
      } else if (open) {
        send(KEEP_ALIVE);
      }
    } finally {
      lock.unlock();
    }
  }

  private void send(byte[] bytes) {
    try {
      emitter.send(Set.of(new DataWithMediaType(bytes, MediaType.TEXT_EVENT_STREAM)));
    } catch (IOException | IllegalStateException e) {
      throw new BrowserGoneException(e);
    }
  }

  private void encode(ChatEvent event) throws IOException {
    ascii("id: " + number + "\nevent: " + event.type() + "\ndata: ");
    try (JsonGenerator out = json.createGenerator(waiting)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartObject();
      out.writeStringField("type", event.type());
      out.writeNumberField("sequence_number", number);
      fields(event, out);
      out.writeEndObject();
    }
    ascii("\n\n");
    number++;
  }

  private void fields(ChatEvent event, JsonGenerator out) throws IOException {
    switch (event) {
      case ChatEvent.Created(String givenId, String givenModel) -> {
        id = givenId == null ? id : givenId;
        model = givenModel == null ? model : givenModel;
        response("in_progress", null, null, out);
      }
      case ChatEvent.Delta(String text) -> out.writeStringField("delta", text);
      case ChatEvent.Refusal(String text) -> out.writeStringField("delta", text);
      case ChatEvent.Completed(Usage usage) -> response("completed", null, usage, out);
      case ChatEvent.Incomplete(String reason, Usage usage) ->
          response("incomplete", reason, usage, out);
      case ChatEvent.Failed(ErrorBody error) -> out.writePOJOField("error", error);
    }
  }

  private void response(
      String status, @Nullable String reason, @Nullable Usage usage, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("response");
    out.writeStringField("id", id);
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
    waiting.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// There is nobody left to write to.
  static final class BrowserGoneException extends RuntimeException {
    private BrowserGoneException(Exception cause) {
      super(cause);
    }

    boolean noticedByTheContainer() {
      return getCause() instanceof IOException;
    }
  }
}

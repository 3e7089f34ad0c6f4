package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One item of a response's output, as far as it has been received.
abstract sealed class OutputItem {
  final String id;
  final int index;
  private String status = "in_progress";

  private OutputItem(String id, int index) {
    this.id = id;
    this.index = index;
  }

  boolean isInProgress() {
    return status.equals("in_progress");
  }

  /// @param status `completed` or `incomplete`
  void end(String status) {
    this.status = status;
  }

  /// Writes the item as a JSON object.
  final void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", id);
    writeFields(out);
    out.writeStringField("status", status);
    out.writeEndObject();
  }

  abstract void writeFields(JsonGenerator out) throws IOException;

  /// The model's message: text, a refusal, or one after the other.
  static final class MessageItem extends OutputItem {
    final List<TextPart> parts = new ArrayList<>();

    private final @Nullable String phase;

    MessageItem(String id, int index, @Nullable String phase) {
      super(id, index);
      this.phase = phase;
    }

    /// The text of its parts, or of its refusals.
    String text(boolean isRefusal) {
      return parts.stream()
          .filter(part -> part.isRefusal() == isRefusal)
          .map(TextPart::text)
          .collect(Collectors.joining());
    }

    @Override
    void writeFields(JsonGenerator out) throws IOException {
      out.writeStringField("type", "message");
      out.writeStringField("role", "assistant");
      if (phase != null) {
        out.writeStringField("phase", phase);
      }
      out.writeArrayFieldStart("content");
      for (TextPart part : parts) {
        part.write(out);
      }
      out.writeEndArray();
    }
  }

  /// A part of a message.
  record TextPart(int index, boolean isRefusal, StringBuilder text) {

    /// `response.output_text` or `response.refusal`, to which `.delta` and `.done` are appended.
    String eventType() {
      return isRefusal ? "response.refusal" : "response.output_text";
    }

    /// The name of the field that has its text, here and in its last event.
    String textField() {
      return isRefusal ? "refusal" : "text";
    }

    void write(JsonGenerator out) throws IOException {
      out.writeStartObject();
      out.writeStringField("type", isRefusal ? "refusal" : "output_text");
      out.writeStringField(textField(), text.toString());
      if (!isRefusal) {
        writeEmptyArray("annotations", out);
        writeEmptyArray("logprobs", out);
      }
      out.writeEndObject();
    }
  }

  /// A call of a function of the client.
  static final class FunctionCallItem extends OutputItem {
    final String callId;
    final String name;
    final StringBuilder arguments = new StringBuilder();

    FunctionCallItem(String id, int index, String callId, String name) {
      super(id, index);
      this.callId = callId;
      this.name = name;
    }

    @Override
    void writeFields(JsonGenerator out) throws IOException {
      out.writeStringField("type", "function_call");
      out.writeStringField("call_id", callId);
      out.writeStringField("name", name);
      out.writeStringField("arguments", arguments.toString());
    }
  }

  /// The model's reasoning, encrypted.
  static final class ReasoningItem extends OutputItem {
    private final String encryptedContent;

    ReasoningItem(String id, int index, String encryptedContent) {
      super(id, index);
      this.encryptedContent = encryptedContent;
    }

    @Override
    void writeFields(JsonGenerator out) throws IOException {
      out.writeStringField("type", "reasoning");
      writeEmptyArray("summary", out);
      out.writeStringField("encrypted_content", encryptedContent);
    }
  }

  static void writeEmptyArray(String field, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(field);
    out.writeEndArray();
  }
}

package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.RawJson;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The `response` object. OpenAI's clients need all of its fields, with these types; what the
/// gateway does not know has OpenAI's default. It never repeats the operator's system prompt.
///
/// @param idSuffix what follows the prefix in the ids of the response and its items
/// @param createdAt seconds since the epoch
/// @param options what applies: within the operator's limits, and kept without the request's body
record ResponseObject(
    String idSuffix, long createdAt, AnswerOptions options, @Nullable RawJson metadata) {

  /// @param fallbackModel the model that answers; null for the same as before
  ResponseObject withModel(@Nullable String fallbackModel) {
    return fallbackModel == null
        ? this
        : new ResponseObject(idSuffix, createdAt, options.withModel(fallbackModel), metadata);
  }

  /// What it keeps of the request, in UTF-16 code units.
  long characters() {
    return options.characters() + (metadata == null ? 0 : metadata.length());
  }

  /// @param end null while the answer is in progress
  /// @param now seconds since the epoch
  void write(List<OutputItem> output, @Nullable AnswerEnd end, long now, JsonGenerator out)
      throws IOException {
    String status = end == null ? "in_progress" : end.status();
    out.writeStartObject();
    out.writeStringField("id", "resp_" + idSuffix);
    out.writeStringField("object", "response");
    out.writeNumberField("created_at", createdAt);
    if (status.equals("completed")) {
      out.writeNumberField("completed_at", now);
    } else {
      out.writeNullField("completed_at");
    }
    out.writeStringField("status", status);
    out.writeBooleanField("background", false);
    writeError(end == null ? null : end.failure(), out);
    writeReason(end == null ? null : end.reason(), out);
    out.writeNullField("instructions");
    out.writeObjectField("max_output_tokens", options.maxOutputTokens());
    out.writeNullField("max_tool_calls");
    out.writeStringField("model", options.model());
    out.writeArrayFieldStart("output");
    for (OutputItem item : output) {
      item.write(out);
    }
    out.writeEndArray();
    writeSettings(out);
    out.writeFieldName("usage");
    writeUsage(end == null ? null : end.usage(), out);
    out.writeEndObject();
  }

  private void writeSettings(JsonGenerator out) throws IOException {
    Boolean parallel = options.tools().parallel();
    out.writeBooleanField("parallel_tool_calls", parallel == null || parallel);
    for (String unsupported :
        List.of("previous_response_id", "prompt_cache_key", "reasoning", "safety_identifier")) {
      out.writeNullField(unsupported);
    }
    out.writeStringField("service_tier", "default");
    out.writeBooleanField("store", false);
    writeNumber("temperature", options.temperature(), out);
    writeNumber("top_p", options.topP(), out);
    out.writeObjectFieldStart("text");
    writeFormat(out);
    out.writeEndObject();
    writeToolChoice(out);
    out.writeArrayFieldStart("tools");
    for (AnswerOptions.FunctionTool tool : options.tools().functions()) {
      writeTool(tool, out);
    }
    out.writeEndArray();
    out.writeNumberField("top_logprobs", 0);
    out.writeNumberField("presence_penalty", 0);
    out.writeNumberField("frequency_penalty", 0);
    out.writeStringField("truncation", "disabled");
    out.writeFieldName("metadata");
    if (metadata == null) {
      out.writeStartObject();
      out.writeEndObject();
    } else {
      out.writePOJO(metadata);
    }
  }

  /// The models' own default is 1.
  private static void writeNumber(String field, @Nullable Double number, JsonGenerator out)
      throws IOException {
    out.writeNumberField(field, number == null ? 1 : number);
  }

  private void writeFormat(JsonGenerator out) throws IOException {
    AnswerOptions.TextFormat format = options.format();
    out.writeObjectFieldStart("format");
    out.writeStringField("type", format == null ? "text" : format.type());
    if (format != null && format.schema() != null) {
      out.writeStringField("name", format.name());
      out.writePOJOField("description", format.description());
      out.writePOJOField("schema", format.schema());
      out.writePOJOField("strict", format.strict());
    }
    out.writeEndObject();
  }

  private void writeToolChoice(JsonGenerator out) throws IOException {
    AnswerOptions.ToolChoice choice = options.tools().choice();
    if (choice == null || choice.mode() != null) {
      out.writeStringField("tool_choice", choice == null ? "auto" : choice.mode());
      return;
    }
    out.writeObjectFieldStart("tool_choice");
    out.writeStringField("type", "function");
    out.writeStringField("name", choice.function());
    out.writeEndObject();
  }

  private static void writeTool(AnswerOptions.FunctionTool tool, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("type", "function");
    out.writeStringField("name", tool.name());
    out.writePOJOField("description", tool.description());
    out.writePOJOField("parameters", tool.parameters());
    out.writePOJOField("strict", tool.strict());
    out.writeEndObject();
  }

  private static void writeError(@Nullable Failure failure, JsonGenerator out) throws IOException {
    if (failure == null) {
      out.writeNullField("error");
      return;
    }
    out.writeObjectFieldStart("error");
    out.writeStringField("code", failure.code().openAiCode());
    out.writeStringField("message", failure.userMessage());
    out.writeEndObject();
  }

  private static void writeReason(@Nullable String reason, JsonGenerator out) throws IOException {
    if (reason == null) {
      out.writeNullField("incomplete_details");
      return;
    }
    out.writeObjectFieldStart("incomplete_details");
    out.writeStringField("reason", reason);
    out.writeEndObject();
  }

  /// Null rather than zeros where it is unknown.
  private static void writeUsage(@Nullable Usage usage, JsonGenerator out) throws IOException {
    if (usage == null) {
      out.writeNull();
      return;
    }
    out.writeStartObject();
    out.writeNumberField("input_tokens", usage.inputTokens());
    out.writeObjectFieldStart("input_tokens_details");
    out.writeNumberField("cached_tokens", usage.cachedTokens());
    out.writeNumberField("cache_write_tokens", 0);
    out.writeEndObject();
    out.writeNumberField("output_tokens", usage.outputTokens());
    out.writeObjectFieldStart("output_tokens_details");
    out.writeNumberField("reasoning_tokens", usage.reasoningTokens());
    out.writeEndObject();
    out.writeNumberField("total_tokens", usage.totalTokens());
    out.writeEndObject();
  }
}

package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.ErrorBody;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.relay.EventStream;
import dev.minimalchat.gateway.relay.EventStream.JsonFields;
import dev.minimalchat.gateway.relay.EventStreamWriter;
import dev.minimalchat.gateway.upstream.Citation;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Writes events in the format of `docs/protocol.md`.
final class EventWriter implements EventStreamWriter {
  private final EventStream events;
  private final @Nullable Boolean isResumable;

  private String responseId;
  private String model;
  private long sequenceNumber;
  private boolean ended;

  /// @param responseId the response's id until the provider sends one
  /// @param model the response's model until the provider sends one
  EventWriter(SseEmitter emitter, ObjectMapper json, String responseId, String model) {
    this(emitter, json, responseId, model, null);
  }

  /// @param isResumable whether the client can resume the answer; null if it has not tried to
  EventWriter(
      SseEmitter emitter,
      ObjectMapper json,
      String responseId,
      String model,
      @Nullable Boolean isResumable) {
    this.events = new EventStream(emitter, json);
    this.responseId = responseId;
    this.model = model;
    this.isResumable = isResumable;
  }

  /// Sets the number of the next event, of an answer whose beginning the client has.
  void continueAt(long number, String newId, String newModel) {
    sequenceNumber = number;
    responseId = newId;
    model = newModel;
  }

  /// Buffers an event until the next [#flush]. `response.created` is always the first event and is
  /// written once, whatever the provider sends.
  ///
  /// @return whether anything was written: some events are not part of the contract
  @Override
  public boolean write(UpstreamEvent event) {
    return switch (event) {
      case UpstreamEvent.Attempt _,
          UpstreamEvent.KeepAlive _,
          UpstreamEvent.InProgress _,
          UpstreamEvent.Unknown _ ->
          false;
      // Only an answer to a request with tools has these.
      case UpstreamEvent.FunctionCall _,
          UpstreamEvent.FunctionCallArguments _,
          UpstreamEvent.FunctionCallDone _,
          UpstreamEvent.Reasoning _ ->
          false;
      case UpstreamEvent.Created(String newId, String newModel) ->
          sequenceNumber == 0 && response("response.created", newId, newModel);
      case UpstreamEvent.Restarted(String newId, String newModel) ->
          response("response.restarted", newId, newModel);
      case UpstreamEvent.MessageStart(_, boolean isFirst) ->
          !isFirst && delta("response.output_text.delta", UpstreamEvent.MessageStart.SEPARATOR);
      case UpstreamEvent.TextDelta(String text) -> delta("response.output_text.delta", text);
      case UpstreamEvent.RefusalDelta(String text) -> delta("response.refusal.delta", text);
      case UpstreamEvent.ReasoningSummary(int part, String text) ->
          reasoning("response.reasoning_summary_text.delta", "summary_index", part, text);
      case UpstreamEvent.ReasoningText(int part, String text) ->
          reasoning("response.reasoning_text.delta", "content_index", part, text);
      case UpstreamEvent.WebSearch search ->
          append("response.web_search_call.searching", out -> webSearch(search, out));
      case UpstreamEvent.FileSearch(int index) ->
          append(
              "response.file_search_call.searching",
              out -> out.writeNumberField("output_index", index));
      case UpstreamEvent.Annotation(Citation citation) ->
          append("response.output_text.annotation.added", out -> annotation(citation, out));
      case UpstreamEvent.Completed(Usage usage) ->
          last("response.completed", out -> response("completed", null, usage, out));
      case UpstreamEvent.Incomplete(String reason, Usage usage) ->
          last("response.incomplete", out -> response("incomplete", reason, usage, out));
    };
  }

  @Override
  public void fail(Failure failure, RequestId id) {
    last("error", out -> out.writePOJOField("error", ErrorBody.of(failure, id)));
  }

  @Override
  public EventStream events() {
    return events;
  }

  private boolean response(String type, @Nullable String newId, @Nullable String newModel) {
    responseId = newId == null ? responseId : newId;
    model = newModel == null ? model : newModel;
    Boolean resumable = sequenceNumber == 0 ? isResumable : null;
    return encode(
        type,
        out -> {
          out.writeObjectFieldStart("response");
          responseHead("in_progress", out);
          if (resumable != null) {
            out.writeBooleanField("resumable", resumable);
          }
          out.writeEndObject();
        });
  }

  private boolean delta(String type, String text) {
    return append(type, out -> out.writeStringField("delta", text));
  }

  private boolean reasoning(String type, String indexField, int part, String text) {
    return append(
        type,
        out -> {
          out.writeNumberField(indexField, part);
          out.writeStringField("delta", text);
        });
  }

  private static void webSearch(UpstreamEvent.WebSearch search, JsonGenerator out)
      throws IOException {
    out.writeNumberField("output_index", search.index());
    if (search.query() != null) {
      out.writeStringField("query", search.query());
    }
    if (search.url() != null) {
      out.writeStringField("url", search.url());
    }
  }

  private static void annotation(Citation citation, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("annotation");
    switch (citation) {
      case Citation.Url(String url, String title) -> {
        out.writeStringField("type", "url_citation");
        out.writeStringField("url", url);
        if (title != null) {
          out.writeStringField("title", title);
        }
      }
      case Citation.File(String filename) -> {
        out.writeStringField("type", "file_citation");
        out.writeStringField("filename", filename);
      }
    }
    out.writeEndObject();
  }

  /// Only the first of several is written.
  private boolean last(String type, JsonFields fields) {
    boolean written = !ended && append(type, fields);
    ended = true;
    return written;
  }

  private boolean append(String type, JsonFields fields) {
    if (sequenceNumber == 0) {
      response("response.created", null, null);
    }
    return encode(type, fields);
  }

  private boolean encode(String type, JsonFields fields) {
    events.add(
        "id: " + sequenceNumber + "\nevent: " + type + "\n",
        out -> {
          out.writeStringField("type", type);
          out.writeNumberField("sequence_number", sequenceNumber);
          fields.write(out);
        });
    sequenceNumber++;
    return true;
  }

  private void response(
      String status, @Nullable String reason, @Nullable Usage usage, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("response");
    responseHead(status, out);
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

  private void responseHead(String status, JsonGenerator out) throws IOException {
    out.writeStringField("id", responseId);
    out.writeStringField("object", "response");
    out.writeStringField("status", status);
    out.writeStringField("model", model);
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
}

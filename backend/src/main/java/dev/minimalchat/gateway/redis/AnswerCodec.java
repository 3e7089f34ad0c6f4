package dev.minimalchat.gateway.redis;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.resume.AnswerEvents;
import dev.minimalchat.gateway.upstream.Citation;
import dev.minimalchat.gateway.upstream.DisplayText;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Events of an answer as JSON: an array of arrays that begin with their kind. What is read passes
/// the same checks as what a provider sends.
final class AnswerCodec {
  private static final JsonMapper JSON =
      // Half of a surrogate pair cannot be encoded otherwise.
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final Set<String> REASONS =
      Set.of("max_output_tokens", "content_filter", "no_output", "cancelled", "other");

  private AnswerCodec() {}

  static byte[] encode(AnswerEvents events) {
    ArrayNode array = JSON.createArrayNode();
    events.events().forEach(event -> add(array.addArray(), event));
    Failure failure = events.failure();
    if (failure != null) {
      array.addArray().add("failure").add(failure.code().name()).add(failure.retryable());
    }
    try {
      return JSON.writeValueAsBytes(array);
    } catch (IOException e) {
      throw new IllegalStateException("strings and numbers are always serialisable", e);
    }
  }

  /// @param first the number of the first event
  /// @throws IOException if it is not what [#encode] writes
  static AnswerEvents decode(long first, byte[] json) throws IOException {
    List<UpstreamEvent> events = new ArrayList<>();
    Failure failure = null;
    JsonNode array = JSON.readTree(json);
    if (!array.isArray()) {
      throw new IOException("no array");
    }
    for (JsonNode event : array) {
      if (event.path(0).asText().equals("failure")) {
        failure = failure(event);
      } else {
        events.add(event(event));
      }
    }
    boolean isEnd = failure != null || (!events.isEmpty() && events.getLast().isTerminal());
    return new AnswerEvents(first, events, failure, isEnd);
  }

  private static void add(ArrayNode array, UpstreamEvent event) {
    switch (event) {
      case UpstreamEvent.Created(String id, String model) ->
          array.add("created").add(id).add(model);
      case UpstreamEvent.Restarted(String id, String model) ->
          array.add("restarted").add(id).add(model);
      case UpstreamEvent.TextDelta(String text) -> array.add("text").add(text);
      case UpstreamEvent.RefusalDelta(String text) -> array.add("refusal").add(text);
      case UpstreamEvent.ReasoningSummary(int part, String text) ->
          array.add("summary").add(part).add(text);
      case UpstreamEvent.ReasoningText(int part, String text) ->
          array.add("reasoning").add(part).add(text);
      case UpstreamEvent.WebSearch(int index, String query, String url) ->
          array.add("web").add(index).add(query).add(url);
      case UpstreamEvent.FileSearch(int index) -> array.add("file").add(index);
      case UpstreamEvent.Annotation(Citation.Url(String url, String title)) ->
          array.add("url").add(url).add(title);
      case UpstreamEvent.Annotation(Citation.File(String name)) -> array.add("document").add(name);
      case UpstreamEvent.Completed(Usage usage) -> addUsage(array.add("completed"), usage);
      case UpstreamEvent.Incomplete(String reason, Usage usage) ->
          addUsage(array.add("incomplete").add(reason), usage);
      case UpstreamEvent.Attempt _,
          UpstreamEvent.KeepAlive _,
          UpstreamEvent.InProgress _,
          UpstreamEvent.Unknown _,
          UpstreamEvent.MessageStart _,
          UpstreamEvent.FunctionCall _,
          UpstreamEvent.FunctionCallArguments _,
          UpstreamEvent.FunctionCallDone _,
          UpstreamEvent.Reasoning _ ->
          throw new IllegalStateException("no answer that can be resumed has this event");
    }
  }

  private static void addUsage(ArrayNode array, @Nullable Usage usage) {
    if (usage != null) {
      array
          .add(usage.inputTokens())
          .add(usage.cachedTokens())
          .add(usage.outputTokens())
          .add(usage.reasoningTokens())
          .add(usage.totalTokens());
    }
  }

  private static UpstreamEvent event(JsonNode event) throws IOException {
    return switch (event.path(0).asText()) {
      case "created" -> new UpstreamEvent.Created(text(event, 1), text(event, 2));
      case "restarted" -> new UpstreamEvent.Restarted(text(event, 1), text(event, 2));
      case "text" -> new UpstreamEvent.TextDelta(text(event, 1));
      case "refusal" -> new UpstreamEvent.RefusalDelta(text(event, 1));
      case "summary" -> new UpstreamEvent.ReasoningSummary(number(event, 1), text(event, 2));
      case "reasoning" -> new UpstreamEvent.ReasoningText(number(event, 1), text(event, 2));
      case "web" ->
          new UpstreamEvent.WebSearch(
              number(event, 1),
              DisplayText.of(orEmpty(event, 2), UpstreamEvent.WebSearch.MAX_QUERY_CHARS),
              DisplayText.httpUrl(orEmpty(event, 3)));
      case "file" -> new UpstreamEvent.FileSearch(number(event, 1));
      case "url" -> annotation(Citation.ofUrl(text(event, 1), orEmpty(event, 2)));
      case "document" -> annotation(Citation.ofFile(text(event, 1)));
      case "completed" -> new UpstreamEvent.Completed(usage(event, 1));
      case "incomplete" -> new UpstreamEvent.Incomplete(reason(text(event, 1)), usage(event, 2));
      default -> throw new IOException("unknown event");
    };
  }

  private static Failure failure(JsonNode event) throws IOException {
    try {
      ErrorCode code = ErrorCode.valueOf(text(event, 1));
      UpstreamFailure failure =
          new UpstreamFailure(code, false, "the answer of another instance failed", null, null);
      return event.path(2).asBoolean() ? failure : failure.asPermanent();
    } catch (IllegalArgumentException e) {
      throw new IOException("unknown error code", e);
    }
  }

  private static UpstreamEvent annotation(@Nullable Citation citation) throws IOException {
    if (citation == null) {
      throw new IOException("no citation");
    }
    return new UpstreamEvent.Annotation(citation);
  }

  private static int number(JsonNode event, int index) throws IOException {
    if (!event.path(index).canConvertToInt()) {
      throw new IOException("no number");
    }
    return event.get(index).intValue();
  }

  private static String orEmpty(JsonNode event, int index) throws IOException {
    return event.path(index).isNull() ? "" : text(event, index);
  }

  private static String text(JsonNode event, int index) throws IOException {
    if (!event.path(index).isTextual()) {
      throw new IOException("no text");
    }
    return event.get(index).textValue();
  }

  private static String reason(String reason) throws IOException {
    if (!REASONS.contains(reason)) {
      throw new IOException("unknown reason");
    }
    return reason;
  }

  private static @Nullable Usage usage(JsonNode event, int index) throws IOException {
    if (event.size() == index) {
      return null;
    }
    long[] counts = new long[5];
    for (int i = 0; i < counts.length; i++) {
      if (!event.path(index + i).canConvertToLong()) {
        throw new IOException("no number");
      }
      counts[i] = event.get(index + i).longValue();
    }
    return new Usage(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }
}

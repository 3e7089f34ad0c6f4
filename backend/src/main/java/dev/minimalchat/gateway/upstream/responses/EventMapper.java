package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maps the wire events of one answer to [UpstreamEvent]s. Its only state is whether text has been
/// received, because some servers send text only in the terminal event.
///
/// The JSON's `type` decides, not the `event:` field, which some servers omit.
final class EventMapper {
  private static final Logger log = LoggerFactory.getLogger(EventMapper.class);
  private static final ObjectReader WIRE = new JsonMapper().readerFor(WireEvent.class);
  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern NAME = Pattern.compile("[\\w.:/@+ -]{1,200}");

  private boolean textSeen;

  /// Maps one event to one or, at the end of the answer, several.
  ///
  /// @throws Failure if the event reports an error
  List<UpstreamEvent> map(ServerSentEvent event) {
    WireEvent wire = read(event);
    if (wire == null) {
      return List.of(new UpstreamEvent.Unknown());
    }
    return switch (type(wire, event)) {
      case "response.created" -> List.of(created(wire.response()));
      case "response.output_text.delta" -> List.of(delta(wire, UpstreamEvent.TextDelta::new));
      case "response.refusal.delta" -> List.of(delta(wire, UpstreamEvent.RefusalDelta::new));
      case "response.completed" -> onTerminal(orEmpty(wire.response()), false);
      case "response.incomplete" -> onTerminal(orEmpty(wire.response()), true);
      case "response.reasoning_text.delta",
          "response.reasoning_summary_text.delta",
          "response.reasoning.delta" ->
          List.of(new UpstreamEvent.InProgress(orEmpty(wire.delta()).asText("").length()));
      case "response.failed" -> throw failed(wire);
      case "error" -> throw ProviderErrors.of(200, error(wire));
      case String other when other.startsWith("response.") ->
          List.of(new UpstreamEvent.InProgress());
      case String _ -> List.of(new UpstreamEvent.Unknown());
    };
  }

  /// Maps a whole response in one JSON document, from a server that does not stream.
  List<UpstreamEvent> mapDocument(byte[] json) {
    JsonNode response;
    try {
      response = JSON.readTree(json);
    } catch (IOException e) {
      throw ProviderErrors.of(200, null);
    }
    if (response.hasNonNull("error") || !response.has("output")) {
      throw ProviderErrors.of(200, response.get("error"));
    }
    List<UpstreamEvent> events = new ArrayList<>();
    events.add(created(response));
    events.addAll(onTerminal(response, false));
    return events;
  }

  private static @Nullable WireEvent read(ServerSentEvent event) {
    try {
      return WIRE.readValue(event.bytes());
    } catch (IOException e) {
      return readLeniently(event);
    }
  }

  /// Second attempt, for JSON with invalid UTF-8.
  private static @Nullable WireEvent readLeniently(ServerSentEvent event) {
    try {
      return WIRE.readValue(event.data().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      log.debug("ignored an event that is not a JSON object: {}", reason(e));
      return null;
    }
  }

  private static String reason(IOException e) {
    return e instanceof JsonProcessingException json
        ? json.getClass().getSimpleName()
        : e.toString();
  }

  private static String type(WireEvent wire, ServerSentEvent event) {
    if (wire.type() != null) {
      return wire.type();
    }
    return wire.error() == null ? event.type() : "error";
  }

  private static UpstreamEvent created(@Nullable JsonNode response) {
    return new UpstreamEvent.Created(
        name(orEmpty(response).path("id")), name(orEmpty(response).path("model")));
  }

  /// Ids and model names appear in events and log lines, so their characters are restricted.
  private static @Nullable String name(JsonNode node) {
    String name = node.asText("");
    return NAME.matcher(name).matches() ? name : null;
  }

  private UpstreamEvent delta(WireEvent wire, Function<String, UpstreamEvent> event) {
    String delta = orEmpty(wire.delta()).asText("");
    if (delta.isEmpty()) {
      return new UpstreamEvent.InProgress();
    }
    textSeen = true;
    return event.apply(delta);
  }

  /// The event's type alone does not prove that the answer is complete: some servers send
  /// `response.completed` with the status `incomplete`.
  ///
  /// @param incompleteEvent whether the type is `response.incomplete`
  private List<UpstreamEvent> onTerminal(JsonNode response, boolean incompleteEvent) {
    String status = response.path("status").asText();
    if (status.equals("failed")) {
      throw ProviderErrors.of(200, response.get("error"));
    }
    List<UpstreamEvent> events = new ArrayList<>();
    if (!textSeen) {
      addFinalText(response.path("output"), events);
    }
    Usage usage = usage(response.path("usage"));
    String reason = response.path("incomplete_details").path("reason").asText("");
    boolean incomplete = incompleteEvent || status.equals("incomplete") || !reason.isEmpty();
    events.add(
        incomplete
            ? new UpstreamEvent.Incomplete(reason.isEmpty() ? "unknown" : reason, usage)
            : new UpstreamEvent.Completed(usage));
    return events;
  }

  private static void addFinalText(JsonNode output, List<UpstreamEvent> events) {
    for (JsonNode item : output) {
      for (JsonNode part : item.path("content")) {
        String text = part.path("text").asText("");
        String refusal = part.path("refusal").asText("");
        if (part.path("type").asText().equals("output_text") && !text.isEmpty()) {
          events.add(new UpstreamEvent.TextDelta(text));
        } else if (!refusal.isEmpty()) {
          events.add(new UpstreamEvent.RefusalDelta(refusal));
        }
      }
    }
  }

  private static @Nullable Usage usage(JsonNode usage) {
    if (!usage.isObject()) {
      return null;
    }
    long input = usage.path("input_tokens").asLong();
    long output = usage.path("output_tokens").asLong();
    return new Usage(
        input,
        usage.path("input_tokens_details").path("cached_tokens").asLong(),
        output,
        usage.path("output_tokens_details").path("reasoning_tokens").asLong(),
        usage.path("total_tokens").asLong(input + output));
  }

  private static Failure failed(WireEvent wire) {
    JsonNode nested = orEmpty(wire.response()).path("error");
    return ProviderErrors.of(200, nested.isObject() ? nested : wire.error());
  }

  /// The three shapes of an error event: nested, nested without a type, and flat.
  private static JsonNode error(WireEvent wire) {
    return wire.error() != null
        ? wire.error()
        : JSON.createObjectNode()
            .<ObjectNode>set("code", wire.code())
            .set("message", wire.message());
  }

  private static JsonNode orEmpty(@Nullable JsonNode node) {
    return node == null ? JSON.missingNode() : node;
  }

  /// One event as servers send it in practice: every field can be missing, and `code` can be a
  /// number.
  ///
  /// @param error a nested error, as most servers send it; the published schema has `code` and
  ///   `message` at the top level instead
  @JsonIgnoreProperties(ignoreUnknown = true)
  record WireEvent(
      @Nullable String type,
      @Nullable JsonNode delta,
      @Nullable JsonNode response,
      @Nullable JsonNode error,
      @Nullable JsonNode code,
      @Nullable JsonNode message) {

    /// A JSON null counts as no error.
    WireEvent {
      if (error != null && error.isNull()) {
        error = null;
      }
    }
  }
}

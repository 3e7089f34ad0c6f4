package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RedactedException;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maps the wire events of one answer to [UpstreamEvent]s. `docs/protocol.md` has the tables of
/// where text may stand and of how an answer ends.
///
/// The JSON's `type` decides, not the `event:` field, which some servers omit.
final class EventMapper {
  private static final Logger log = LoggerFactory.getLogger(EventMapper.class);
  private static final ObjectReader WIRE = new JsonMapper().readerFor(WireEvent.class);
  private static final JsonMapper JSON = new JsonMapper();

  /// Ids and model names appear in events and log lines, so they are words, never sentences.
  private static final Pattern NAME = Pattern.compile("[\\w.:/@+-]{1,200}");

  private static final Set<String> INCOMPLETE_REASONS =
      Set.of("max_output_tokens", "content_filter");

  /// A key of this length is unique enough to be looked for inside other words.
  private static final int MIN_UNIQUE_CHARACTERS = 16;

  private final String apiKey;
  private final RelayedText relayed = new RelayedText();
  private final RelayedItems items;

  /// Whether an event was broken JSON. It may have had a part of the answer.
  private boolean hasBrokenEvent;

  /// @param apiKey never passed on, wherever the provider repeats it
  EventMapper(String apiKey) {
    this(apiKey, AnswerOptions.NONE);
  }

  /// @param options whether the answer can have function calls and reasoning
  EventMapper(String apiKey, AnswerOptions options) {
    this.apiKey = apiKey;
    this.items = new RelayedItems(options, this::name);
  }

  /// Maps one event to one or, at the end of the answer, several.
  ///
  /// @throws Failure if the event reports an error
  List<UpstreamEvent> map(ServerSentEvent event) {
    if (event.isComment()) {
      return List.of(new UpstreamEvent.KeepAlive());
    }
    WireEvent wire = read(event);
    if (wire == null) {
      onUnreadable(event);
      return List.of(new UpstreamEvent.Unknown());
    }
    return switch (type(wire, event)) {
      case "response.created" -> List.of(created(wire.response()));
      case "response.output_text.delta" -> List.of(delta(wire, UpstreamEvent.TextDelta::new));
      case "response.refusal.delta" -> List.of(delta(wire, UpstreamEvent.RefusalDelta::new));
      case "response.output_text.done" ->
          part(wire, OutputText.ofText(orEmpty(wire.text()), false));
      case "response.refusal.done" -> part(wire, OutputText.ofText(orEmpty(wire.refusal()), true));
      case "response.content_part.done" -> part(wire, OutputText.ofPart(orEmpty(wire.part())));
      case "response.output_item.added" -> orInProgress(items.added(wire));
      case "response.function_call_arguments.delta" -> orInProgress(items.argumentsDelta(wire));
      case "response.function_call_arguments.done" -> orInProgress(items.argumentsDone(wire));
      case "response.output_item.done" -> itemDone(wire);
      case "response.completed", "response.done" -> terminal(wire, "completed");
      case "response.incomplete" -> terminal(wire, "incomplete");
      case "response.cancelled" -> terminal(wire, "cancelled");
      case "response.failed" -> terminal(wire, "failed");
      case "response.reasoning_text.delta",
          "response.reasoning_summary_text.delta",
          "response.reasoning.delta" ->
          List.of(new UpstreamEvent.InProgress(orEmpty(wire.delta()).asText("").length()));
      case "error" -> throw ProviderErrors.of(200, error(wire));
      // The last two are sent by OpenAI and Azure while a model thinks.
      case "response.queued", "response.in_progress", "keepalive", "ping" ->
          List.of(new UpstreamEvent.KeepAlive());
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
    events.addAll(terminal(response, response.get("error"), "completed"));
    return events;
  }

  /// The final output shows whether text is missing. Of a function call nothing may be missing, and
  /// its arguments are acted on before the end.
  private void onUnreadable(ServerSentEvent event) {
    hasBrokenEvent |= event.data().stripLeading().startsWith("{");
    if (hasBrokenEvent && !items.isEmpty()) {
      throw ProviderErrors.brokenEvent();
    }
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
      log.debug("ignored an event that is not a JSON object: {}", RedactedException.names(e));
      return null;
    }
  }

  private static String type(WireEvent wire, ServerSentEvent event) {
    if (wire.type() != null) {
      return wire.type();
    }
    return wire.error() == null ? event.type() : "error";
  }

  private UpstreamEvent created(@Nullable JsonNode response) {
    return new UpstreamEvent.Created(
        name(orEmpty(response).path("id")), name(orEmpty(response).path("model")));
  }

  private @Nullable String name(JsonNode node) {
    String name = node.asText("");
    boolean isKey =
        apiKey.length() < MIN_UNIQUE_CHARACTERS ? name.equals(apiKey) : name.contains(apiKey);
    return NAME.matcher(name).matches() && !isKey ? name : null;
  }

  private UpstreamEvent delta(WireEvent wire, Function<String, UpstreamEvent> event) {
    String delta = orEmpty(wire.delta()).asText("");
    if (delta.isEmpty()) {
      return new UpstreamEvent.InProgress();
    }
    relayed.add(wire.output(), wire.content(), delta);
    return event.apply(delta);
  }

  private List<UpstreamEvent> part(WireEvent wire, List<OutputText> texts) {
    return events(relayed.missingOfPart(wire.output(), wire.content(), texts));
  }

  private List<UpstreamEvent> itemDone(WireEvent wire) {
    JsonNode item = orEmpty(wire.item());
    List<UpstreamEvent> done = items.done(wire);
    return done.isEmpty()
        ? events(relayed.missingOfMessage(wire.output(), OutputText.ofItem(item)))
        : done;
  }

  private static List<UpstreamEvent> orInProgress(List<UpstreamEvent> events) {
    return events.isEmpty() ? List.of(new UpstreamEvent.InProgress()) : events;
  }

  private static List<UpstreamEvent> events(List<OutputText> missing) {
    return missing.isEmpty()
        ? List.of(new UpstreamEvent.InProgress())
        : missing.stream().map(OutputText::toEvent).toList();
  }

  private List<UpstreamEvent> terminal(WireEvent wire, String status) {
    return terminal(orEmpty(wire.response()), wire.error(), status);
  }

  /// The event's type alone does not prove that the answer is complete: some servers send
  /// `response.completed` with the status `incomplete`.
  ///
  /// @param error beside the response
  /// @param typeStatus the status that the event's type means
  private List<UpstreamEvent> terminal(
      JsonNode response, @Nullable JsonNode error, String typeStatus) {
    Usage usage = ReportedUsage.of(response.path("usage"));
    String status = typeStatus.equals("failed") ? typeStatus : status(response, typeStatus);
    if (status.equals("failed")) {
      JsonNode nested = response.path("error");
      throw ProviderErrors.of(200, nested.isObject() ? nested : error).withUsage(usage);
    }
    List<List<OutputText>> output = OutputText.ofResponse(response);
    if (hasBrokenEvent && !relayed.isPartOf(output)) {
      throw ProviderErrors.brokenEvent().withUsage(usage);
    }
    List<UpstreamEvent> events = new ArrayList<>();
    relayed.missingOfOutput(output).forEach(text -> events.add(text.toEvent()));
    String reason = response.path("incomplete_details").path("reason").asText("");
    boolean isComplete = status.equals("completed") && reason.isEmpty();
    boolean hasText = !relayed.isEmpty() || !events.isEmpty();
    events.addAll(items.missingOfOutput(response.path("output"), isComplete));
    boolean isEmpty = !hasText && items.isEmpty();
    if (isComplete && !isEmpty) {
      events.add(new UpstreamEvent.Completed(usage));
    } else {
      events.add(new UpstreamEvent.Incomplete(reason(status, reason, isEmpty), usage));
    }
    return events;
  }

  /// A status that is not known, such as none, leaves it to the event's type.
  private static String status(JsonNode response, String typeStatus) {
    String status = response.path("status").asText();
    return switch (status) {
      case "failed", "cancelled", "incomplete", "queued", "in_progress" -> status;
      default -> typeStatus;
    };
  }

  private static String reason(String status, String reason, boolean isEmpty) {
    if (status.equals("cancelled")) {
      return status;
    }
    if (INCOMPLETE_REASONS.contains(reason)) {
      return reason;
    }
    return isEmpty ? "no_output" : "other";
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
      @Nullable @JsonProperty("output_index") JsonNode outputIndex,
      @Nullable @JsonProperty("content_index") JsonNode contentIndex,
      @Nullable @JsonProperty("item_id") JsonNode itemId,
      @Nullable JsonNode delta,
      @Nullable JsonNode arguments,
      @Nullable JsonNode text,
      @Nullable JsonNode refusal,
      @Nullable JsonNode part,
      @Nullable JsonNode item,
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

    JsonNode itemOrEmpty() {
      return orEmpty(item);
    }

    /// The index of the message, or -1.
    int output() {
      return index(outputIndex);
    }

    /// The index of the part in its message, or -1.
    int content() {
      return index(contentIndex);
    }

    private static int index(@Nullable JsonNode index) {
      return index == null ? -1 : index.asInt(-1);
    }
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.WireEvent.orEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.InputItem.FunctionCall;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Maps the wire events of one answer to [UpstreamEvent]s. `docs/protocol.md` has the tables of
/// where text may stand and of how an answer ends.
///
/// The JSON's `type` decides, not the `event:` field, which some servers omit.
final class EventMapper {
  private static final JsonMapper JSON = new JsonMapper();

  /// Ids and model names appear in events and log lines, so they are words, never sentences.
  private static final Pattern NAME = Pattern.compile("[\\w.:/@+-]{1,200}");

  /// The id of a call goes only to the client, which repeats it. Some servers put a signature in
  /// it.
  private static final Pattern CALL_ID = Pattern.compile("[!-~]{1,16384}");

  private static final Pattern TEXT_DELTA =
      Pattern.compile("response\\.(output_text|refusal)\\.delta");

  private static final Set<String> INCOMPLETE_REASONS =
      Set.of("max_output_tokens", "content_filter");

  /// A key of this length is unique enough to be looked for inside other words.
  private static final int MIN_UNIQUE_CHARACTERS = 16;

  private final String apiKey;
  private final RelayedText relayed = new RelayedText();
  private final RelayedItems items;
  private final RelayedReasoning reasoning;
  private final RelayedSources sources;
  private final ThinkBlock think;

  private final MessageStarts messages = new MessageStarts();

  /// Whether an event was broken JSON. It may have had a part of the answer.
  private boolean hasBrokenEvent;

  /// Whether that event was certainly a part of the text.
  private boolean hasBrokenDelta;

  /// @param apiKey never passed on, wherever the provider repeats it
  /// @param options what the answer can have beside text
  /// @param memory for text that is held back
  EventMapper(String apiKey, AnswerOptions options, EventMemory memory) {
    this.apiKey = apiKey;
    this.items = new RelayedItems(options, this::functionName, this::callId);
    this.reasoning = new RelayedReasoning(options.page());
    this.sources = new RelayedSources(options.page().sources(), this::hasKey);
    this.think = new ThinkBlock(reasoning::ofThinkBlock, memory::tryHold);
  }

  /// Maps one event to one or, at the end of the answer, several.
  ///
  /// @throws Failure if the event reports an error
  List<UpstreamEvent> map(ServerSentEvent event) {
    if (event.isComment()) {
      return List.of(new UpstreamEvent.KeepAlive());
    }
    WireEvent wire = WireEvent.read(event);
    if (wire == null) {
      onUnreadable(event);
      return List.of(new UpstreamEvent.Unknown());
    }
    return switch (type(wire, event)) {
      case "response.created" -> List.of(created(wire.response()));
      case "response.output_text.delta" -> delta(wire, false);
      case "response.refusal.delta" -> delta(wire, true);
      case "response.output_text.done" ->
          part(wire, OutputText.ofText(orEmpty(wire.text()), false));
      case "response.refusal.done" -> part(wire, OutputText.ofText(orEmpty(wire.refusal()), true));
      case "response.content_part.done" -> partDone(wire);
      case "response.output_text.annotation.added", "response.output_text_annotation.added" ->
          orInProgress(sources.ofAnnotation(orEmpty(wire.annotation())));
      case "response.output_item.added" -> itemAdded(wire);
      case "response.web_search_call.in_progress", "response.web_search_call.searching" ->
          orInProgress(sources.ofWebSearch(wire));
      case "response.file_search_call.in_progress", "response.file_search_call.searching" ->
          orInProgress(sources.ofFileSearch(wire));
      case "response.function_call_arguments.delta" -> orInProgress(items.argumentsDelta(wire));
      case "response.function_call_arguments.done" -> orInProgress(items.argumentsDone(wire));
      case "response.output_item.done" -> itemDone(wire);
      case "response.completed", "response.done" -> terminal(wire, "completed");
      case "response.incomplete" -> terminal(wire, "incomplete");
      case "response.cancelled" -> terminal(wire, "cancelled");
      case "response.failed" -> terminal(wire, "failed");
      case "response.reasoning_text.delta", "response.reasoning.delta" ->
          List.of(reasoning.ofText(wire));
      case "response.reasoning_summary_text.delta", "response.reasoning_summary.delta" ->
          List.of(reasoning.ofSummary(wire));
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
    hasBrokenDelta |= TEXT_DELTA.matcher(event.type() + event.data()).find();
    if (hasBrokenEvent && !items.isEmpty()) {
      throw ProviderErrors.brokenEvent();
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
    return NAME.matcher(name).matches() && !hasKey(name) ? name : null;
  }

  private @Nullable String functionName(JsonNode node) {
    String name = WireEvent.text(node);
    return FunctionCall.isName(name) && !hasKey(name) ? name : null;
  }

  private @Nullable String callId(JsonNode node) {
    String id = WireEvent.text(node);
    return CALL_ID.matcher(id).matches() && !hasKey(id) ? id : null;
  }

  private boolean hasKey(String text) {
    return apiKey.length() < MIN_UNIQUE_CHARACTERS ? text.equals(apiKey) : text.contains(apiKey);
  }

  private List<UpstreamEvent> delta(WireEvent wire, boolean isRefusal) {
    String delta = wire.deltaText();
    if (!delta.isEmpty()) {
      relayed.add(wire.output(), wire.content(), delta);
    }
    return orInProgress(events(OutputText.of(delta, isRefusal)));
  }

  private List<UpstreamEvent> part(WireEvent wire, List<OutputText> texts) {
    return orInProgress(events(relayed.missingOfPart(wire.output(), wire.content(), texts)));
  }

  private List<UpstreamEvent> partDone(WireEvent wire) {
    JsonNode part = orEmpty(wire.part());
    return both(part(wire, OutputText.ofPart(part)), sources.ofPart(part));
  }

  /// A beginning of the text that is not decided yet belongs before another item.
  private List<UpstreamEvent> itemAdded(WireEvent wire) {
    if (wire.itemType().equals("message")) {
      return orInProgress(startMessage(wire.itemOrEmpty().path("phase")));
    }
    List<UpstreamEvent> calls = items.added(wire);
    return calls.isEmpty()
        ? orInProgress(sources.ofItemAdded(wire))
        : both(messages.mark(think.endBeginning()), calls);
  }

  private List<UpstreamEvent> itemDone(WireEvent wire) {
    JsonNode item = orEmpty(wire.item());
    List<UpstreamEvent> done = items.done(wire);
    if (!done.isEmpty()) {
      return both(messages.mark(think.endBeginning()), done);
    }
    List<UpstreamEvent> events = new ArrayList<>(reasoning.ofItemDone(wire));
    List<OutputText> texts = OutputText.ofItem(item);
    if (!texts.isEmpty() && !relayed.has(wire.output(), texts)) {
      events.addAll(startMessage(item.path("phase")));
    }
    if (!texts.isEmpty() || wire.itemType().equals("message")) {
      events.addAll(events(relayed.missingOfMessage(wire.output(), texts)));
    }
    if (!texts.isEmpty()) {
      events.addAll(messages.mark(think.endBeginning()));
    }
    events.addAll(sources.ofItemDone(wire));
    return orInProgress(events);
  }

  /// Returns what is left of the message before it.
  private List<UpstreamEvent> startMessage(JsonNode itemPhase) {
    List<UpstreamEvent> rest = messages.mark(think.endBeginning());
    messages.add(name(itemPhase));
    return rest;
  }

  private static List<UpstreamEvent> both(List<UpstreamEvent> one, List<UpstreamEvent> other) {
    return Stream.of(one, other).flatMap(List::stream).toList();
  }

  private static List<UpstreamEvent> orInProgress(List<UpstreamEvent> events) {
    return events.isEmpty() ? List.of(new UpstreamEvent.InProgress()) : events;
  }

  private List<UpstreamEvent> events(List<OutputText> texts) {
    return switch (texts.size()) {
      case 0 -> List.of();
      case 1 -> event(texts.getFirst());
      default -> texts.stream().map(this::event).flatMap(List::stream).toList();
    };
  }

  private List<UpstreamEvent> event(OutputText text) {
    return messages.mark(
        text.isRefusal()
            ? List.of(new UpstreamEvent.RefusalDelta(text.text()))
            : think.text(text.text()));
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
    List<OutputText.OutputMessage> output = OutputText.ofResponse(response);
    boolean isWhole =
        output.isEmpty() ? !hasBrokenDelta || relayed.isConfirmed() : relayed.isPartOf(output);
    if (hasBrokenEvent && !isWhole) {
      throw ProviderErrors.brokenEvent().withUsage(usage);
    }
    List<UpstreamEvent> events = new ArrayList<>();
    for (RelayedText.Missing missing : relayed.missingOfOutput(output)) {
      if (missing.isWhole()) {
        events.addAll(startMessage(missing.message().phase()));
      }
      events.addAll(events(missing.texts()));
    }
    events.addAll(messages.mark(think.end()));
    events.addAll(sources.ofOutput(response.path("output")));
    String reason = response.path("incomplete_details").path("reason").asText("");
    boolean isComplete = status.equals("completed") && reason.isEmpty();
    try {
      events.addAll(items.missingOfOutput(response.path("output"), isComplete));
    } catch (UpstreamFailure e) {
      throw e.withUsage(usage);
    }
    boolean isEmpty = !messages.hasText() && items.isEmpty();
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
}

package dev.minimalchat.gateway.upstream.openai;

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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the events of one answer, as any server words them, into ours. It remembers only whether
/// any text has come, because some servers send it with the end alone.
///
/// The JSON's `type` decides, not the `event:` line, which some servers leave out.
final class Translation {
  private static final Logger log = LoggerFactory.getLogger(Translation.class);
  private static final ObjectReader WIRE = new JsonMapper().readerFor(WireEvent.class);
  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern NAME = Pattern.compile("[\\w.:/@+ -]{1,200}");

  private boolean textSeen;

  /// What one event says: nothing in particular, one thing, or (at the end) several.
  ///
  /// @throws Failure if the event is the provider's word that it failed
  List<UpstreamEvent> of(ServerSentEvent event) {
    WireEvent wire = read(event);
    if (wire == null) {
      return List.of(new UpstreamEvent.Unknown());
    }
    return switch (type(wire, event)) {
      case "response.created" -> List.of(started(wire.response()));
      case "response.output_text.delta" -> List.of(text(wire));
      case "response.refusal.delta" -> List.of(refusal(wire));
      case "response.completed" -> ended(orEmpty(wire.response()), false);
      case "response.incomplete" -> ended(orEmpty(wire.response()), true);
      case "response.failed" -> throw failed(wire);
      case "error" -> throw ProviderErrors.of(200, error(wire));
      case String other when other.startsWith("response.") -> List.of(new UpstreamEvent.Working());
      case String _ -> List.of(new UpstreamEvent.Unknown());
    };
  }

  /// A whole answer in one JSON document, from a server that does not stream.
  List<UpstreamEvent> ofDocument(byte[] json) {
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
    events.add(started(response));
    events.addAll(ended(response, false));
    return events;
  }

  private static @Nullable WireEvent read(ServerSentEvent event) {
    try {
      return WIRE.readValue(event.bytes());
    } catch (IOException e) {
      return readLeniently(event);
    }
  }

  /// Second try, for JSON in bytes that are not quite UTF-8.
  private static @Nullable WireEvent readLeniently(ServerSentEvent event) {
    try {
      return WIRE.readValue(event.data().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      log.debug("passed over an event that is not a JSON object: {}", reason(e));
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

  private static UpstreamEvent started(@Nullable JsonNode response) {
    return new UpstreamEvent.Started(
        name(orEmpty(response).path("id")), name(orEmpty(response).path("model")));
  }

  /// Names go into headers of events and into log lines, so they must look like names.
  private static @Nullable String name(JsonNode node) {
    String name = node.asText("");
    return NAME.matcher(name).matches() ? name : null;
  }

  private UpstreamEvent text(WireEvent wire) {
    String delta = orEmpty(wire.delta()).asText("");
    if (delta.isEmpty()) {
      return new UpstreamEvent.Working();
    }
    textSeen = true;
    return new UpstreamEvent.TextDelta(delta);
  }

  private UpstreamEvent refusal(WireEvent wire) {
    String delta = orEmpty(wire.delta()).asText("");
    if (delta.isEmpty()) {
      return new UpstreamEvent.Working();
    }
    textSeen = true;
    return new UpstreamEvent.RefusalDelta(delta);
  }

  /// The event's name does not prove that the answer is whole: some servers complete with an
  /// `incomplete` status.
  ///
  /// @param cutShort whether the name already says that it is not
  private List<UpstreamEvent> ended(JsonNode response, boolean cutShort) {
    if (response.path("status").asText().equals("failed")) {
      throw ProviderErrors.of(200, response.get("error"));
    }
    List<UpstreamEvent> events = new ArrayList<>();
    if (!textSeen) {
      addFinalText(response.path("output"), events);
    }
    Usage usage = usage(response.path("usage"));
    String reason = response.path("incomplete_details").path("reason").asText("");
    boolean incomplete =
        cutShort || response.path("status").asText().equals("incomplete") || !reason.isEmpty();
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

  /// The three shapes of an error event: nested, bare without a type, and flat.
  private static JsonNode error(WireEvent wire) {
    if (wire.error() != null) {
      return wire.error();
    }
    ObjectNode flat = JSON.createObjectNode();
    flat.set("code", wire.code());
    flat.set("message", wire.message());
    return flat;
  }

  private static JsonNode orEmpty(@Nullable JsonNode node) {
    return node == null ? JSON.missingNode() : node;
  }
}

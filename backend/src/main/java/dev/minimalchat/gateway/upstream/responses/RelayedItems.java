package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.WireEvent.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The function calls and the reasoning of one answer. Servers send a call piece by piece, in one
/// event, or only in the final output; it is relayed once, where it stands first.
///
/// An answer to a request without tools has no calls, whatever the provider sends, and likewise
/// with reasoning.
final class RelayedItems {
  /// Of each kind; more than any answer has. Further ones are ignored.
  private static final int MAX_ITEMS = 256;

  private final boolean relaysCalls;
  private final boolean relaysReasoning;
  private final Function<JsonNode, @Nullable String> names;
  private final Function<JsonNode, @Nullable String> callIds;
  private final List<Call> calls = new ArrayList<>();

  /// Hashes of the reasoning that was relayed.
  private final Set<Integer> reasoning = new HashSet<>();

  /// @param names the text of a node if it is a name, else null
  /// @param callIds likewise if it is the id of a call
  RelayedItems(
      AnswerOptions options,
      Function<JsonNode, @Nullable String> names,
      Function<JsonNode, @Nullable String> callIds) {
    this.relaysCalls = !options.tools().functions().isEmpty();
    this.relaysReasoning = options.encryptedReasoning();
    this.names = names;
    this.callIds = callIds;
  }

  /// Whether there was no function call. Reasoning alone is no answer.
  boolean isEmpty() {
    return calls.isEmpty();
  }

  /// A call has begun; some servers send its arguments here already.
  List<UpstreamEvent> added(WireEvent wire) {
    List<UpstreamEvent> events = new ArrayList<>();
    JsonNode item = wire.itemOrEmpty();
    if (isCall(item) && find(wire.output(), item) == null) {
      open(wire.output(), item, events);
    }
    return events;
  }

  List<UpstreamEvent> argumentsDelta(WireEvent wire) {
    Call call = find(wire);
    String delta = text(wire.delta());
    if (call == null || call.done || delta.isEmpty()) {
      return List.of();
    }
    call.length += delta.length();
    return List.of(new UpstreamEvent.FunctionCallArguments(call.index, delta));
  }

  List<UpstreamEvent> argumentsDone(WireEvent wire) {
    List<UpstreamEvent> events = new ArrayList<>();
    Call call = find(wire);
    if (call != null && !call.done) {
      addMissing(call, text(wire.arguments()), events);
    }
    return events;
  }

  /// An item is complete. Empty if it is neither a call nor reasoning that is relayed.
  List<UpstreamEvent> done(WireEvent wire) {
    List<UpstreamEvent> events = new ArrayList<>();
    done(wire.output(), wire.itemOrEmpty(), events);
    return events;
  }

  /// What is missing at the end. The final output can have new ids and no indices; only its order
  /// can be trusted.
  ///
  /// @param output the items of the final response
  /// @param isComplete whether calls that have not ended do so now
  List<UpstreamEvent> missingOfOutput(JsonNode output, boolean isComplete) {
    List<UpstreamEvent> events = new ArrayList<>();
    int streamed = calls.size();
    int position = 0;
    for (JsonNode item : output) {
      if (isCall(item)) {
        Call known = position < streamed ? calls.get(position) : find(-1, item);
        position++;
        callDone(known == null ? open(-1, item, events) : known, item, events);
      } else {
        itemDone(item, events);
      }
    }
    if (isComplete) {
      calls.forEach(call -> finish(call, events));
    }
    return events;
  }

  private void done(int output, JsonNode item, List<UpstreamEvent> events) {
    if (isCall(item)) {
      Call known = find(output, item);
      callDone(known == null ? open(output, item, events) : known, item, events);
    } else {
      itemDone(item, events);
    }
  }

  private static void callDone(@Nullable Call call, JsonNode item, List<UpstreamEvent> events) {
    if (call != null && !call.done) {
      addMissing(call, text(item.path("arguments")), events);
      if (!item.path("status").asText().equals("incomplete")) {
        finish(call, events);
      }
    }
  }

  private void itemDone(JsonNode item, List<UpstreamEvent> events) {
    if (item.path("type").asText().equals("reasoning")) {
      addReasoning(item, events);
    }
  }

  /// The final output repeats it.
  private void addReasoning(JsonNode item, List<UpstreamEvent> events) {
    String encrypted = text(item.path("encrypted_content"));
    boolean isNew =
        relaysReasoning
            && !encrypted.isEmpty()
            && reasoning.size() < MAX_ITEMS
            && reasoning.add(encrypted.hashCode());
    if (isNew) {
      events.add(new UpstreamEvent.Reasoning(encrypted));
    }
  }

  private @Nullable Call open(int output, JsonNode item, List<UpstreamEvent> events) {
    String name = names.apply(item.path("name"));
    if (name == null || calls.size() == MAX_ITEMS) {
      return null;
    }
    int index = calls.size();
    String sent = callIds.apply(item.path("call_id"));
    String callId = sent == null ? "call_" + UUID.randomUUID() : sent;
    Call call = new Call(index, output, text(item.path("id")), callId);
    calls.add(call);
    events.add(new UpstreamEvent.FunctionCall(index, call.callId, name));
    addMissing(call, text(item.path("arguments")), events);
    return call;
  }

  /// Of arguments that continue what was relayed, the tail is missing.
  private static void addMissing(Call call, String arguments, List<UpstreamEvent> events) {
    if (arguments.length() > call.length) {
      String tail = arguments.substring(call.length);
      call.length = arguments.length();
      events.add(new UpstreamEvent.FunctionCallArguments(call.index, tail));
    }
  }

  private static void finish(Call call, List<UpstreamEvent> events) {
    if (!call.done) {
      call.done = true;
      events.add(new UpstreamEvent.FunctionCallDone(call.index));
    }
  }

  private boolean isCall(JsonNode item) {
    return relaysCalls && item.path("type").asText().equals("function_call");
  }

  /// The call of an event that has no item: by its index, its item's id or else the last one.
  private @Nullable Call find(WireEvent wire) {
    String itemId = text(wire.itemId());
    for (Call call : calls) {
      boolean isSame =
          wire.output() >= 0
              ? call.output == wire.output()
              : !itemId.isEmpty() && call.itemId.equals(itemId);
      if (isSame) {
        return call;
      }
    }
    return wire.output() < 0 && itemId.isEmpty() && !calls.isEmpty() ? calls.getLast() : null;
  }

  private @Nullable Call find(int output, JsonNode item) {
    String callId = callIds.apply(item.path("call_id"));
    for (Call call : calls) {
      if (call.callId.equals(callId) || (output >= 0 && call.output == output)) {
        return call;
      }
    }
    return null;
  }

  private static final class Call {
    private final int index;
    private final int output;
    private final String itemId;
    private final String callId;

    /// Of the relayed arguments, in UTF-16 code units.
    private int length;

    private boolean done;

    Call(int index, int output, String itemId, String callId) {
      this.index = index;
      this.output = output;
      this.itemId = itemId;
      this.callId = callId;
    }
  }
}

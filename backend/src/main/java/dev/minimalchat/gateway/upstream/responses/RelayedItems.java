package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.WireEvent.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
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
  private final List<RelayedCall> calls = new ArrayList<>();

  /// The indices of calls whose name has not come yet.
  private final Set<Integer> nameless = new HashSet<>();

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
    if (!isCall(item) || isKnown(find(wire.output(), item))) {
      return events;
    }
    if (text(item.path("name")).isEmpty()) {
      nameless.add(wire.output());
      return events;
    }
    RelayedCall call = open(wire.output(), item, events);
    if (call != null) {
      call.begin(text(item.path("arguments")), events);
    }
    return events;
  }

  /// Without ids, a call that begins where another one is done is a new one.
  private static boolean isKnown(@Nullable RelayedCall call) {
    return call != null && (call.sentId() != null || !call.isDone());
  }

  List<UpstreamEvent> argumentsDelta(WireEvent wire) {
    List<UpstreamEvent> events = new ArrayList<>();
    List<RelayedCall> candidates = find(wire);
    if (candidates.size() > 1) {
      candidates = candidates.stream().filter(call -> !call.isWhole()).toList();
    }
    if (candidates.size() == 1) {
      candidates.getFirst().delta(text(wire.delta()), events);
    } else {
      candidates.forEach(RelayedCall::missDelta);
    }
    return events;
  }

  List<UpstreamEvent> argumentsDone(WireEvent wire) {
    List<UpstreamEvent> events = new ArrayList<>();
    List<RelayedCall> candidates = find(wire);
    String arguments = text(wire.arguments());
    if (candidates.size() == 1 && !arguments.isEmpty()) {
      candidates.getFirst().whole(arguments, false, events);
    }
    return events;
  }

  /// An item is complete. Empty if it is neither a call nor reasoning that is relayed.
  List<UpstreamEvent> done(WireEvent wire) {
    List<UpstreamEvent> events = new ArrayList<>();
    JsonNode item = wire.itemOrEmpty();
    if (isCall(item)) {
      RelayedCall known = find(wire.output(), item);
      known = known == null ? findMoved(item) : known;
      callDone(known == null ? open(wire.output(), item, events) : known, item, false, events);
    } else {
      itemDone(item, events);
    }
    return events;
  }

  /// What is missing at the end. The final output can have new ids and no indices; then only its
  /// order can be trusted.
  ///
  /// @param output the items of the final response
  /// @param isComplete whether calls that have not ended do so now
  List<UpstreamEvent> missingOfOutput(JsonNode output, boolean isComplete) {
    List<UpstreamEvent> events = new ArrayList<>();
    Iterator<@Nullable RelayedCall> known = match(output).iterator();
    for (JsonNode item : output) {
      if (isCall(item)) {
        RelayedCall call = known.next();
        callDone(call == null ? open(-1, item, events) : call, item, !isComplete, events);
      } else {
        itemDone(item, events);
      }
    }
    if (isComplete) {
      if (!nameless.isEmpty()) {
        throw ProviderErrors.unusableName();
      }
      calls.forEach(call -> call.finish(false, events));
    }
    return events;
  }

  /// The call of each call in the final output, by its id, or else by its order among the rest;
  /// null for a new one.
  private List<@Nullable RelayedCall> match(JsonNode output) {
    List<RelayedCall> unmatched = new ArrayList<>(calls);
    List<@Nullable RelayedCall> matches = new ArrayList<>();
    for (JsonNode item : output) {
      if (isCall(item)) {
        String sent = callIds.apply(item.path("call_id"));
        RelayedCall match =
            unmatched.stream()
                .filter(call -> sent != null && sent.equals(call.sentId()))
                .findFirst()
                .orElse(null);
        unmatched.remove(match);
        matches.add(match);
      }
    }
    Iterator<RelayedCall> rest = unmatched.iterator();
    matches.replaceAll(match -> match == null && rest.hasNext() ? rest.next() : match);
    return matches;
  }

  private static void callDone(
      @Nullable RelayedCall call, JsonNode item, boolean isCut, List<UpstreamEvent> events) {
    if (call != null) {
      call.whole(text(item.path("arguments")), isCut || isIncomplete(item), events);
      if (!isIncomplete(item)) {
        call.finish(isCut, events);
      }
    }
  }

  private static boolean isIncomplete(JsonNode item) {
    return item.path("status").asText().equals("incomplete");
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

  private @Nullable RelayedCall open(int output, JsonNode item, List<UpstreamEvent> events) {
    if (calls.size() == MAX_ITEMS) {
      return null;
    }
    String name = names.apply(item.path("name"));
    if (name == null && isIncomplete(item)) {
      return null;
    }
    if (name == null) {
      throw ProviderErrors.unusableName();
    }
    if (!nameless.remove(output) && output < 0) {
      nameless.clear();
    }
    String sent = callIds.apply(item.path("call_id"));
    boolean isNew = calls.stream().noneMatch(call -> call.callId().equals(sent));
    String callId = sent != null && isNew ? sent : "call_" + UUID.randomUUID();
    RelayedCall call = new RelayedCall(calls.size(), output, text(item.path("id")), sent, callId);
    events.add(new UpstreamEvent.FunctionCall(calls.size(), callId, name));
    calls.add(call);
    return call;
  }

  private boolean isCall(JsonNode item) {
    return relaysCalls && item.path("type").asText().equals("function_call");
  }

  /// The call of an event that has no item: by its item's id, its index or else the last one.
  /// Several where these do not tell.
  private List<RelayedCall> find(WireEvent wire) {
    String itemId = text(wire.itemId());
    List<RelayedCall> sameId = calls.stream().filter(it -> it.itemId().equals(itemId)).toList();
    if (!itemId.isEmpty() && (sameId.size() == 1 || wire.output() < 0)) {
      return sameId;
    }
    if (wire.output() < 0) {
      return calls.isEmpty() ? List.of() : List.of(calls.getLast());
    }
    List<RelayedCall> sameIndex =
        (itemId.isEmpty() || sameId.isEmpty() ? calls : sameId)
            .stream().filter(it -> it.output() == wire.output()).toList();
    return sameIndex.size() > 1
        ? sameIndex.stream().filter(it -> !it.isDone()).toList()
        : sameIndex;
  }

  /// The call of an item. Two ids are two calls, and so is one at two indices.
  private @Nullable RelayedCall find(int output, JsonNode item) {
    String sent = callIds.apply(item.path("call_id"));
    String itemId = text(item.path("id"));
    for (RelayedCall call : calls.reversed()) {
      if (isSame(call, output, sent, itemId)) {
        return call;
      }
    }
    return null;
  }

  private static boolean isSame(
      RelayedCall call, int output, @Nullable String sent, String itemId) {
    if (sent == null || call.sentId() == null) {
      return isSamePlace(call, output, itemId);
    }
    return sent.equals(call.sentId()) && isSameIndex(call, output);
  }

  private static boolean isSameIndex(RelayedCall call, int output) {
    return output < 0 || call.output() < 0 || call.output() == output;
  }

  private static boolean isSamePlace(RelayedCall call, int output, String itemId) {
    if (output >= 0) {
      return call.output() == output;
    }
    return !itemId.isEmpty() && call.itemId().equals(itemId);
  }

  /// The call of an item whose index has changed since the call began.
  private @Nullable RelayedCall findMoved(JsonNode item) {
    String sent = callIds.apply(item.path("call_id"));
    return calls.stream()
        .filter(call -> !call.isDone() && sent != null && sent.equals(call.sentId()))
        .findFirst()
        .orElse(null);
  }
}

package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One function call, as far as it was relayed. It keeps a hash of the arguments, not the text.
final class RelayedCall {
  /// Longer arguments of a call that begins are no placeholder, and are relayed at once.
  private static final int MAX_HELD_CHARACTERS = 256;

  /// What programs parse where the model gives no arguments: an empty text is not JSON.
  private static final String NO_ARGUMENTS = "{}";

  private final int index;
  private final int output;
  private final String itemId;
  private final @Nullable String sentId;
  private final String callId;

  private final JsonNesting nesting = new JsonNesting();
  private TextHash relayed = TextHash.EMPTY;

  /// Arguments that came with the beginning of the call. Some servers send a placeholder there, or
  /// repeat them in the deltas.
  private String held = "";

  private boolean missesDelta;
  private boolean done;

  /// @param index the number of the call in the answer
  /// @param output the index of its item, negative if the server sends none
  /// @param sentId its id as the server has sent it; null for none
  /// @param callId its id for the client
  RelayedCall(int index, int output, String itemId, @Nullable String sentId, String callId) {
    this.index = index;
    this.output = output;
    this.itemId = itemId;
    this.sentId = sentId;
    this.callId = callId;
  }

  int output() {
    return output;
  }

  String itemId() {
    return itemId;
  }

  @Nullable String sentId() {
    return sentId;
  }

  String callId() {
    return callId;
  }

  boolean isDone() {
    return done;
  }

  /// Whether the arguments that were relayed are complete.
  boolean isWhole() {
    return nesting.hasEnded();
  }

  /// The call has begun with these arguments.
  void begin(String arguments, List<UpstreamEvent> events) {
    if (arguments.length() <= MAX_HELD_CHARACTERS) {
      held = arguments;
    } else {
      relay(arguments, events);
    }
  }

  /// Arguments that are complete are not continued.
  void delta(String delta, List<UpstreamEvent> events) {
    if (done || delta.isEmpty() || isWhole()) {
      return;
    }
    if (!isRepeated(held, delta)) {
      relay(held, events);
    }
    held = "";
    relay(delta, events);
  }

  /// A delta was not relayed, because it can belong to another call. A later event has to contain
  /// all arguments, or the answer fails.
  void missDelta() {
    missesDelta = true;
  }

  /// All arguments, of which the part that was not relayed is missing. Without any, those of the
  /// beginning count.
  ///
  /// @param isCut whether they may be incomplete
  void whole(String arguments, boolean isCut, List<UpstreamEvent> events) {
    if (done) {
      return;
    }
    String all = arguments.isEmpty() && !isCut ? held : arguments;
    held = "";
    missesDelta &= arguments.isEmpty();
    if (relayed.isPrefixOf(all)) {
      relay(all.substring((int) relayed.length()), events);
    } else if (!all.isEmpty() && !isCut && !isWhole()) {
      throw ProviderErrors.brokenEvent();
    }
  }

  /// @param isCut whether a call without arguments may be incomplete
  void finish(boolean isCut, List<UpstreamEvent> events) {
    if (done) {
      return;
    }
    whole("", false, events);
    if (missesDelta) {
      throw ProviderErrors.brokenEvent();
    }
    if (relayed.length() == 0) {
      if (isCut) {
        return;
      }
      relay(NO_ARGUMENTS, events);
    }
    done = true;
    events.add(new UpstreamEvent.FunctionCallDone(index));
  }

  private void relay(String text, List<UpstreamEvent> events) {
    if (!text.isEmpty()) {
      relayed = relayed.append(text);
      nesting.append(text);
      events.add(new UpstreamEvent.FunctionCallArguments(index, text));
    }
  }

  /// Whether the deltas begin again, rather than continue these arguments.
  private static boolean isRepeated(String arguments, String delta) {
    JsonNesting nesting = new JsonNesting();
    nesting.append(arguments);
    return nesting.hasEnded() || delta.startsWith(arguments) || arguments.startsWith(delta);
  }
}

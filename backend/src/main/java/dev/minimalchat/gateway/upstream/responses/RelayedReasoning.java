package dev.minimalchat.gateway.upstream.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The reasoning of one answer, for the user: in summaries and in clear. What is not relayed is
/// counted.
final class RelayedReasoning {
  private static final int THINK_BLOCK = -2;

  private final Parts summary;
  private final Parts text;

  RelayedReasoning(AnswerOptions.PageOptions page) {
    this.summary = new Parts(page.reasoning(), UpstreamEvent.ReasoningSummary::new);
    this.text = new Parts(page.reasoningText(), UpstreamEvent.ReasoningText::new);
  }

  UpstreamEvent ofSummary(WireEvent wire) {
    return summary.add(new Key(wire, wire.summary()), wire.deltaText());
  }

  UpstreamEvent ofText(WireEvent wire) {
    return text.add(new Key(wire, wire.content()), wire.deltaText());
  }

  UpstreamEvent ofThinkBlock(String thought) {
    return text.add(new Key(THINK_BLOCK, "", 0), thought);
  }

  /// What is missing of an item: some servers send its text only here.
  List<UpstreamEvent> ofItemDone(WireEvent wire) {
    if (!wire.itemType().equals("reasoning")) {
      return List.of();
    }
    List<UpstreamEvent> events = new ArrayList<>();
    summary.itemDone(wire, wire.itemOrEmpty().path("summary"), events);
    text.itemDone(wire, wire.itemOrEmpty().path("content"), events);
    return events;
  }

  /// Where a piece of reasoning stands. An index is more reliable than an id, which some servers
  /// change with each event.
  private record Key(int output, String itemId, int part) {
    Key(WireEvent wire, int part) {
      this(wire.output(), wire.output() < 0 ? wire.itemIdOrEmpty() : "", part);
    }
  }

  private static final class Parts {
    private final boolean isRelayed;
    private final BiFunction<Integer, String, UpstreamEvent> event;
    private @Nullable Key last;
    private int number = -1;

    /// Whether the current item has had deltas.
    private boolean hasDeltas;

    Parts(boolean isRelayed, BiFunction<Integer, String, UpstreamEvent> event) {
      this.isRelayed = isRelayed;
      this.event = event;
    }

    UpstreamEvent add(Key key, String delta) {
      hasDeltas = true;
      if (!isRelayed || delta.isEmpty()) {
        return new UpstreamEvent.InProgress(delta.length());
      }
      if (!key.equals(last)) {
        last = key;
        number++;
      }
      return event.apply(number, delta);
    }

    /// @param parts of the item
    void itemDone(WireEvent wire, JsonNode parts, List<UpstreamEvent> events) {
      boolean isMissing = !hasDeltas;
      for (int i = 0; isMissing && i < parts.size(); i++) {
        String whole = WireEvent.text(parts.path(i).path("text"));
        if (!whole.isEmpty()) {
          events.add(add(new Key(wire, i), whole));
        }
      }
      hasDeltas = false;
      last = null;
    }
  }
}

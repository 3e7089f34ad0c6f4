package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.MessageStart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in the text of an answer another message begins. A message is marked with its first text,
/// because some have none.
final class MessageStarts {
  private boolean hasText;
  private @Nullable MessageStart next;

  /// Whether the user has something to read.
  boolean hasText() {
    return hasText;
  }

  /// The text that follows is of another message. The first one is only marked for its phase.
  void add(@Nullable String phase) {
    next = hasText || phase != null ? new MessageStart(phase, !hasText) : null;
  }

  /// The same events, with the mark before the first text.
  List<UpstreamEvent> mark(List<UpstreamEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      if (isText(events.get(i))) {
        hasText = true;
        return next == null ? events : withNext(events, i);
      }
    }
    return events;
  }

  private List<UpstreamEvent> withNext(List<UpstreamEvent> events, int index) {
    List<UpstreamEvent> all = new ArrayList<>(events);
    all.add(index, next);
    next = null;
    return all;
  }

  private static boolean isText(UpstreamEvent event) {
    return event instanceof UpstreamEvent.TextDelta || event instanceof UpstreamEvent.RefusalDelta;
  }
}

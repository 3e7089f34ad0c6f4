package dev.minimalchat.gateway.resume;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Consecutive events of an answer, for a reader.
///
/// @param first the number of the first event, as on the wire
/// @param events in their order
/// @param failure the end of an answer that failed, which is one more event; else null
/// @param isEnd whether no event follows
public record AnswerEvents(
    long first, List<UpstreamEvent> events, @Nullable Failure failure, boolean isEnd) {
  public AnswerEvents {
    events = List.copyOf(events);
  }

  /// The number of the last event.
  public long last() {
    return first - 1 + events.size() + (failure == null ? 0 : 1);
  }

  public boolean isEmpty() {
    return events.isEmpty() && failure == null;
  }
}

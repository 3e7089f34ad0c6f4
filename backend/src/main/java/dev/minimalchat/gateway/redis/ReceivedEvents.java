package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.resume.AnswerEvents;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of another instance's answer that its reader does not have yet. Entries of Redis can
/// repeat events, if the reply to a write was lost. Not thread-safe.
final class ReceivedEvents {
  private static final int MAX_BATCH_EVENTS = 256;

  private final List<UpstreamEvent> events = new ArrayList<>();

  /// The number of the first event.
  private long first;

  /// The number of [UpstreamEvent.Created] or [UpstreamEvent.Restarted].
  private long start;

  private String responseId = "unknown";
  private String model = "unknown";
  private boolean hasAny;
  private boolean isLost;
  private boolean isEnd;
  private @Nullable Failure failure;

  boolean isEmpty() {
    return !hasAny;
  }

  /// Whether there is a gap.
  boolean isLost() {
    return isLost;
  }

  String responseId() {
    return responseId;
  }

  String model() {
    return model;
  }

  /// The number of the last event of all; -1 while the answer runs.
  long end() {
    return isEnd ? next() - 1 + (failure == null ? 0 : 1) : -1;
  }

  /// Whether everything after this number is here, or will be.
  boolean has(long after) {
    return !isLost && (!hasAny || after + 1 >= first || (after < start && first == start));
  }

  /// Events cannot be read.
  void lose() {
    isLost = true;
  }

  void add(AnswerEvents batch) {
    if (isEnd || (hasAny && batch.last() < next())) {
      return;
    }
    boolean isRestart = !batch.events().isEmpty() && isStart(batch.events().getFirst());
    if (hasAny && batch.first() > next() && !isRestart) {
      isLost = true;
      return;
    }
    if (!hasAny || isRestart) {
      events.clear();
      first = batch.first();
      hasAny = true;
    }
    long number = batch.first();
    for (UpstreamEvent event : batch.events()) {
      if (number >= next()) {
        add(event, number);
      }
      number++;
    }
    failure = batch.failure();
    isEnd = batch.isEnd();
  }

  /// Some of the events after this number, which the reader does not need any more.
  AnswerEvents after(long after) {
    if (after >= first) {
      int known = (int) Math.min(events.size(), after + 1 - first);
      events.subList(0, known).clear();
      first += known;
    }
    int count = Math.min(events.size(), MAX_BATCH_EVENTS);
    boolean hasAll = isEnd && count == events.size();
    boolean isKnown = after >= end();
    return new AnswerEvents(
        Math.max(after + 1, first),
        events.subList(0, count),
        hasAll && !isKnown ? failure : null,
        hasAll);
  }

  private long next() {
    return first + events.size();
  }

  private void add(UpstreamEvent event, long number) {
    switch (event) {
      case UpstreamEvent.Created(String id, String name) -> begin(id, name, number);
      case UpstreamEvent.Restarted(String id, String name) -> {
        events.clear();
        first = number;
        begin(id, name, number);
      }
      default -> {}
    }
    events.add(event);
  }

  private void begin(@Nullable String id, @Nullable String name, long number) {
    start = number;
    responseId = id == null ? responseId : id;
    model = name == null ? model : name;
  }

  private static boolean isStart(UpstreamEvent event) {
    return event instanceof UpstreamEvent.Restarted;
  }
}

package dev.minimalchat.gateway.resume;

import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of one answer, kept as its text and one number an event. As JSON they would need
/// twenty times as much. Not thread-safe.
///
/// Event 0 is [UpstreamEvent.Created]; each later one has the next number. Searches and sources are
/// few, and kept as they are.
final class AnswerText {
  /// Of an answer that is kept whole. The older half of a longer one is dropped.
  static final int MAX_BYTES = 256 << 10;

  /// The object with its fields and an entry in a map.
  private static final int BASE_BYTES = 1 << 10;

  private static final int MAX_BATCH_EVENTS = 256;
  private static final int MAX_BATCH_CHARS = 32 << 10;
  private static final int INITIAL_EVENTS = 32;
  private static final int MAX_LATIN1 = 0xFF;

  /// What a delta is, in the lowest bits of its number. An event has no text.
  private static final int KIND_BITS = 2;

  private static final int KIND_MASK = (1 << KIND_BITS) - 1;
  private static final int TEXT = 0;
  private static final int REFUSAL = 1;
  private static final int REASONING = 2;
  private static final int EVENT = 3;

  private String id;
  private String model;

  /// Of the deltas, from the number `firstDelta` on.
  private final StringBuilder text = new StringBuilder();

  /// The end of each delta in the text, and what it is.
  private int[] ends = new int[INITIAL_EVENTS];

  private final AnswerWork work = new AnswerWork();

  private int deltas;
  private long firstDelta = 1;

  /// The number of [UpstreamEvent.Restarted], or of [UpstreamEvent.Created].
  private long start;

  /// Whether there is an event.
  private boolean isStarted;

  /// Whether a character needs two bytes.
  private boolean isWide;

  /// @param id of the response until the provider sends one
  /// @param model of the response until the provider sends one
  AnswerText(String id, String model) {
    this.id = id;
    this.model = model;
  }

  String id() {
    return id;
  }

  String model() {
    return model;
  }

  /// The number of the next event.
  long next() {
    return isStarted ? firstDelta + deltas : 0;
  }

  /// Event 0, unless there is one.
  void start(@Nullable String newId, @Nullable String newModel) {
    if (!isStarted) {
      isStarted = true;
      setResponse(newId, newModel);
    }
  }

  /// Nothing follows. An answer without an event has event 0.
  void end() {
    start(null, null);
    text.trimToSize();
    ends = Arrays.copyOf(ends, deltas);
  }

  void add(String delta, boolean isRefusal) {
    add(delta, isRefusal ? REFUSAL : TEXT);
  }

  /// @param event of the model's work
  void addWork(UpstreamEvent event) {
    start(null, null);
    switch (event) {
      case UpstreamEvent.ReasoningSummary(int part, String delta) -> {
        work.startPart(next(), true, part);
        add(delta, REASONING);
      }
      case UpstreamEvent.ReasoningText(int part, String delta) -> {
        work.startPart(next(), false, part);
        add(delta, REASONING);
      }
      default -> {
        work.add(next(), event);
        add("", EVENT);
      }
    }
  }

  private void add(String delta, int kind) {
    start(null, null);
    isWide = isWide || isWide(delta);
    if (deltas == ends.length) {
      ends = Arrays.copyOf(ends, deltas * 2);
    }
    text.append(delta);
    ends[deltas++] = text.length() << KIND_BITS | kind;
    while (bytes() > MAX_BYTES && deltas > 0) {
      drop((deltas + 1) / 2);
    }
  }

  /// The answer begins again; this event has the next number.
  void restart(@Nullable String newId, @Nullable String newModel) {
    start(null, null);
    setResponse(newId, newModel);
    start = next();
    clear();
    firstDelta = start + 1;
  }

  /// Drops all deltas, but not their numbers.
  void dropAll() {
    long next = next();
    clear();
    firstDelta = Math.max(1, next);
  }

  /// The memory in use.
  int bytes() {
    return BASE_BYTES
        + text.capacity() * (isWide ? 2 : 1)
        + ends.length * Integer.BYTES
        + work.bytes();
  }

  /// Whether everything after this number is still here.
  boolean has(long after) {
    return after < start ? firstDelta == start + 1 : after + 1 >= firstDelta;
  }

  /// Some of the events after this number; empty if there are none yet. Must be [#has].
  List<UpstreamEvent> after(long after) {
    List<UpstreamEvent> events = new ArrayList<>();
    if (isStarted && after < start) {
      events.add(
          start == 0
              ? new UpstreamEvent.Created(id, model)
              : new UpstreamEvent.Restarted(id, model));
    }
    int index = Math.clamp(after + 1 - firstDelta, 0, deltas);
    int begin = index == 0 ? 0 : end(index - 1);
    int from = begin;
    while (index < deltas && events.size() < MAX_BATCH_EVENTS && from - begin < MAX_BATCH_CHARS) {
      events.add(event(index, text.substring(from, end(index))));
      from = end(index++);
    }
    return events;
  }

  /// The number of the first event of [#after].
  long firstAfter(long after) {
    return Math.max(after + 1, start);
  }

  private UpstreamEvent event(int index, String delta) {
    return switch (ends[index] & KIND_MASK) {
      case TEXT -> new UpstreamEvent.TextDelta(delta);
      case REFUSAL -> new UpstreamEvent.RefusalDelta(delta);
      case REASONING -> work.reasoning(firstDelta + index, delta);
      default -> work.event(firstDelta + index);
    };
  }

  private void setResponse(@Nullable String newId, @Nullable String newModel) {
    id = newId == null ? id : newId;
    model = newModel == null ? model : newModel;
  }

  private static boolean isWide(String delta) {
    for (int i = 0; i < delta.length(); i++) {
      if (delta.charAt(i) > MAX_LATIN1) {
        return true;
      }
    }
    return false;
  }

  private int end(int index) {
    return ends[index] >>> KIND_BITS;
  }

  private void clear() {
    text.setLength(0);
    text.trimToSize();
    ends = new int[INITIAL_EVENTS];
    deltas = 0;
    isWide = false;
    work.clear();
  }

  private void drop(int count) {
    int cut = end(count - 1);
    text.delete(0, cut);
    text.trimToSize();
    ends = Arrays.copyOfRange(ends, count, Math.max(deltas, count + INITIAL_EVENTS));
    deltas -= count;
    for (int i = 0; i < deltas; i++) {
      ends[i] -= cut << KIND_BITS;
    }
    firstDelta += count;
    work.dropBefore(firstDelta);
  }
}

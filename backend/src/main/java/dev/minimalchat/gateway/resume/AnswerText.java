package dev.minimalchat.gateway.resume;

import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of one answer, kept as its text and one number an event. As JSON they would need
/// twenty times as much. Not thread-safe.
///
/// Event 0 is [UpstreamEvent.Created]; each delta has the next number.
final class AnswerText {
  /// Of an answer that is kept whole. The older half of a longer one is dropped.
  static final int MAX_BYTES = 256 << 10;

  /// The object with its fields and an entry in a map.
  private static final int BASE_BYTES = 1 << 10;

  private static final int MAX_BATCH_EVENTS = 256;
  private static final int MAX_BATCH_CHARS = 32 << 10;
  private static final int INITIAL_EVENTS = 32;
  private static final int MAX_LATIN1 = 0xFF;

  private String id;
  private String model;

  /// Of the deltas, from the number `firstDelta` on.
  private final StringBuilder text = new StringBuilder();

  /// Twice the end of each delta in the text, plus one for a refusal.
  private int[] ends = new int[INITIAL_EVENTS];

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

  void add(String delta, boolean isRefusal) {
    start(null, null);
    isWide = isWide || isWide(delta);
    if (deltas == ends.length) {
      ends = Arrays.copyOf(ends, deltas * 2);
    }
    text.append(delta);
    ends[deltas++] = text.length() << 1 | (isRefusal ? 1 : 0);
    if (bytes() > MAX_BYTES) {
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
    return BASE_BYTES + text.capacity() * (isWide ? 2 : 1) + ends.length * Integer.BYTES;
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
    int index = (int) Math.max(0, after + 1 - firstDelta);
    int begin = index == 0 ? 0 : end(index - 1);
    int from = begin;
    while (index < deltas && events.size() < MAX_BATCH_EVENTS && from - begin < MAX_BATCH_CHARS) {
      String delta = text.substring(from, end(index));
      events.add(
          (ends[index] & 1) == 1
              ? new UpstreamEvent.RefusalDelta(delta)
              : new UpstreamEvent.TextDelta(delta));
      from = end(index++);
    }
    return events;
  }

  /// The number of the first event of [#after].
  long firstAfter(long after) {
    return Math.max(after + 1, start);
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
    return ends[index] >>> 1;
  }

  private void clear() {
    text.setLength(0);
    text.trimToSize();
    ends = new int[INITIAL_EVENTS];
    deltas = 0;
    isWide = false;
  }

  private void drop(int count) {
    int cut = end(count - 1);
    text.delete(0, cut);
    text.trimToSize();
    ends = Arrays.copyOfRange(ends, count, Math.max(deltas, count + INITIAL_EVENTS));
    deltas -= count;
    for (int i = 0; i < deltas; i++) {
      ends[i] -= cut << 1;
    }
    firstDelta += count;
  }
}

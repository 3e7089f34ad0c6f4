package dev.minimalchat.gateway.resume;

import dev.minimalchat.gateway.upstream.Citation;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The model's work in one answer, by the numbers of its events: searches and sources, and which
/// part each piece of reasoning belongs to. Not thread-safe.
final class AnswerWork {
  /// An entry with its objects, without their texts.
  private static final int ENTRY_BYTES = 128;

  private final TreeMap<Long, UpstreamEvent> events = new TreeMap<>();

  /// By the number of the first event of a part.
  private final TreeMap<Long, Part> parts = new TreeMap<>();

  private int textBytes;

  /// A part of the reasoning.
  private record Part(boolean isSummary, int number) {}

  /// @param event has no text that the answer keeps
  void add(long number, UpstreamEvent event) {
    events.put(number, event);
    textBytes += textBytes(event);
  }

  /// The reasoning of this event belongs to this part.
  void startPart(long number, boolean isSummary, int part) {
    Part next = new Part(isSummary, part);
    Map.Entry<Long, Part> last = parts.lastEntry();
    if (last == null || !last.getValue().equals(next)) {
      parts.put(number, next);
    }
  }

  UpstreamEvent event(long number) {
    return Objects.requireNonNull(events.get(number));
  }

  UpstreamEvent reasoning(long number, String text) {
    Part part = parts.floorEntry(number).getValue();
    return part.isSummary()
        ? new UpstreamEvent.ReasoningSummary(part.number(), text)
        : new UpstreamEvent.ReasoningText(part.number(), text);
  }

  /// Drops what only events before this number need.
  void dropBefore(long number) {
    Map<Long, UpstreamEvent> dropped = events.headMap(number);
    textBytes -= dropped.values().stream().mapToInt(AnswerWork::textBytes).sum();
    dropped.clear();
    Long current = parts.floorKey(number);
    if (current != null) {
      parts.headMap(current).clear();
    }
  }

  void clear() {
    events.clear();
    parts.clear();
    textBytes = 0;
  }

  /// The memory in use.
  int bytes() {
    return textBytes + (events.size() + parts.size()) * ENTRY_BYTES;
  }

  private static int textBytes(UpstreamEvent event) {
    return switch (event) {
      case UpstreamEvent.WebSearch search -> length(search.query()) + length(search.url());
      case UpstreamEvent.Annotation(Citation.Url url) -> length(url.url()) + length(url.title());
      case UpstreamEvent.Annotation(Citation.File file) -> length(file.filename());
      default -> 0;
    };
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : Character.BYTES * text.length();
  }
}

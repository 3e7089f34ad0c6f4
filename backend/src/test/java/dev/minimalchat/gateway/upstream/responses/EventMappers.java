package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.AnswerOptions.PageOptions;
import java.util.List;

/// Object mothers for an [EventMapper].
final class EventMappers {
  private static final long MEMORY_BYTES = 8L << 20;

  private EventMappers() {}

  /// Of an answer with text alone.
  static EventMapper ofText(String apiKey) {
    return of(apiKey, AnswerOptions.NONE);
  }

  /// Of an answer whose whole work is relayed.
  static EventMapper ofPage(String apiKey) {
    return of(apiKey, AnswerOptions.ofPage("m", new PageOptions(List.of(), true, true, true)));
  }

  static EventMapper of(String apiKey, AnswerOptions options) {
    return of(apiKey, options, MEMORY_BYTES);
  }

  /// @param memoryBytes that there are for text that is held back
  static EventMapper of(String apiKey, AnswerOptions options, long memoryBytes) {
    return new EventMapper(apiKey, options, new EventMemory(SseReaders.memory(memoryBytes)));
  }
}

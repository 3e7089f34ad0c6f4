package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.memory.MemoryBudget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Readers of event streams with memory enough for every event.
final class SseReaders {
  private static final long MEMORY_BYTES = 1L << 30;

  private SseReaders() {}

  static SseReader reader(InputStream in, int maxEventBytes) {
    return new SseReader(in, maxEventBytes, new EventMemory(memory(MEMORY_BYTES)));
  }

  static MemoryBudget memory(long bytes) {
    return new MemoryBudget(bytes, new SimpleMeterRegistry());
  }

  static @Nullable ServerSentEvent nextEvent(SseReader reader) throws IOException {
    ServerSentEvent next;
    do {
      next = reader.next();
    } while (next != null && next.isComment());
    return next;
  }
}

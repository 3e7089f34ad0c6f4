package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minimalchat.bench.NanosPerEvent;
import dev.minimalchat.gateway.memory.MemoryBudget;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.infra.Blackhole;

/// Reads the provider's events: the SSE parser alone, and with the mapping of the JSON.
public class SseReaderBenchmark extends NanosPerEvent {
  private static final int EVENTS = 1000;
  private static final int MAX_EVENT_BYTES = 4 << 20;
  private static final long MEMORY_BYTES = 64L << 20;
  private static final byte[] STREAM =
      """
      event: response.output_text.delta
      data: {"type":"response.output_text.delta","sequence_number":3,"item_id":"msg_68f1c2",\
      "output_index":0,"content_index":0,"delta":" streams","logprobs":[],"obfuscation":"zb2VZr3u"}

      """
          .repeat(EVENTS)
          .getBytes(UTF_8);

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void parse(Blackhole hole) throws IOException {
    SseReader reader = reader();
    for (int i = 0; i < EVENTS; i++) {
      hole.consume(reader.next());
    }
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void parseAndMap(Blackhole hole) throws IOException {
    SseReader reader = reader();
    EventMapper mapper = new EventMapper("the provider's key", AnswerOptions.NONE, memory());
    for (int i = 0; i < EVENTS; i++) {
      List<UpstreamEvent> events = mapper.map(reader.next());
      hole.consume(events);
    }
  }

  private static SseReader reader() {
    return new SseReader(new ByteArrayInputStream(STREAM), MAX_EVENT_BYTES, memory());
  }

  private static EventMemory memory() {
    return new EventMemory(new MemoryBudget(MEMORY_BYTES, new SimpleMeterRegistry()));
  }
}

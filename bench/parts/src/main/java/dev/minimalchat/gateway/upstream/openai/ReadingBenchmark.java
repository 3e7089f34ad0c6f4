package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// From the provider's bytes to an event: the parser alone, and with the JSON in it.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class ReadingBenchmark {
  private static final int EVENTS = 1000;
  private static final int MAX_EVENT_BYTES = 4 << 20;
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
    SseReader reader = new SseReader(new ByteArrayInputStream(STREAM), MAX_EVENT_BYTES);
    for (int i = 0; i < EVENTS; i++) {
      hole.consume(reader.next());
    }
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void parseAndTranslate(Blackhole hole) throws IOException {
    SseReader reader = new SseReader(new ByteArrayInputStream(STREAM), MAX_EVENT_BYTES);
    EventMapper translation = new EventMapper();
    for (int i = 0; i < EVENTS; i++) {
      List<UpstreamEvent> events = translation.of(reader.next());
      hole.consume(events);
    }
  }
}

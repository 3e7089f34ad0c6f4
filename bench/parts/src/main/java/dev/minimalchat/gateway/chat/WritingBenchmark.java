package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
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
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// From an event to the bytes that Spring is given: each in a piece of its own, and ten in one.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class WritingBenchmark {
  private static final int EVENTS = 1000;
  private static final ChatEvent DELTA = new ChatEvent.Delta(" streams");

  private final ObjectMapper json = new ObjectMapper();

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void oneAPiece(Blackhole hole) {
    write(1, hole);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void tenAPiece(Blackhole hole) {
    write(10, hole);
  }

  private void write(int aPiece, Blackhole hole) {
    EventWriter writer = new EventWriter(new Swallowing(hole), json, "resp_1", "bench");
    writer.open();
    for (int i = 0; i < EVENTS; i++) {
      writer.write(DELTA);
      if (i % aPiece == 0) {
        writer.flush();
      }
    }
  }

  /// An emitter that nobody listens to.
  private static final class Swallowing extends SseEmitter {
    private final Blackhole hole;

    private Swallowing(Blackhole hole) {
      this.hole = hole;
    }

    @Override
    public void send(Set<DataWithMediaType> items) {
      hole.consume(items);
    }
  }
}

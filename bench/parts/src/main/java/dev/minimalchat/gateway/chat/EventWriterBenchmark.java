package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.bench.NanosPerEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.infra.Blackhole;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Serialises events and passes the bytes to Spring, with one or ten events per flush.
public class EventWriterBenchmark extends NanosPerEvent {
  private static final int EVENTS = 1000;
  private static final UpstreamEvent DELTA = new UpstreamEvent.TextDelta(" streams");

  private final ObjectMapper json = new ObjectMapper();

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void oneEventPerFlush(Blackhole hole) {
    write(1, hole);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void tenEventsPerFlush(Blackhole hole) {
    write(10, hole);
  }

  private void write(int eventsPerFlush, Blackhole hole) {
    EventWriter writer = new EventWriter(new DiscardingEmitter(hole), json, "resp_1", "bench");
    writer.commit();
    for (int i = 0; i < EVENTS; i++) {
      writer.write(DELTA);
      if (i % eventsPerFlush == 0) {
        writer.flush();
      }
    }
  }

  private static final class DiscardingEmitter extends SseEmitter {
    private final Blackhole hole;

    private DiscardingEmitter(Blackhole hole) {
      this.hole = hole;
    }

    @Override
    public void send(Set<DataWithMediaType> items) {
      hole.consume(items);
    }
  }
}

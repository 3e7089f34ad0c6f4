package dev.minimalchat.gateway.limits;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

/// Real permits, and how many of them are out.
public final class RunningStreams {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Streams streams;

  public RunningStreams() {
    LimitsProperties limits = limits();
    Clients clients = new Clients(new ClientAddresses(limits), limits);
    this.streams = new Streams(clients, limits, BulkheadRegistry.ofDefaults(), meters);
  }

  /// Ten of each, and no time for answers to finish.
  public static LimitsProperties limits() {
    return new LimitsProperties(10, DataSize.ofKilobytes(1), 10, 10, 10, "", Duration.ZERO);
  }

  public Streams.Permit enter() {
    return streams.enter(new MockHttpServletRequest());
  }

  public int count() {
    return (int) meters.get("gateway.streams.active").gauge().value();
  }

  /// Stops the gateway, with no time for answers to finish.
  public void stop() {
    streams.stop();
  }
}

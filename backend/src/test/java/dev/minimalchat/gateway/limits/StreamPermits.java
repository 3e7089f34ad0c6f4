package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.timeouts.FakeScheduler;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

/// Real permits, and how many of them are out.
public final class StreamPermits {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final StreamLimiter streams;

  public StreamPermits() {
    LimitsProperties limits = limits();
    ClientLimitsCache clients = new ClientLimitsCache(new ClientAddresses(limits), limits);
    this.streams =
        new StreamLimiter(
            clients, limits, BulkheadRegistry.ofDefaults(), meters, new FakeScheduler());
  }

  /// Ten of each, and no time for answers to finish.
  public static LimitsProperties limits() {
    return new LimitsProperties(10, DataSize.ofKilobytes(1), 10, 10, 10, "", Duration.ZERO);
  }

  public StreamLimiter.Permit acquire() {
    return streams.acquire(new MockHttpServletRequest());
  }

  public int count() {
    return (int) meters.get("gateway.streams.active").gauge().value();
  }

  /// Stops the gateway, with no time for answers to finish.
  public void stop() {
    streams.stop();
  }
}

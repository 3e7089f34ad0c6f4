package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.memory.MemoryBudget;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

/// A real [StreamLimiter] and its number of active streams.
public final class TestStreamLimiter {
  /// For one client and in total.
  public static final int MAX_STREAMS = 10;

  private static final int MAX_PROGRAM_STREAMS = 2;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final StreamLimiter limiter;

  public TestStreamLimiter() {
    LimitsProperties limits = limits();
    ClientLimitsCache clients =
        new ClientLimitsCache(
            new Clients(new ClientAddresses(limits)),
            limits,
            new ApiLimitsProperties(10, MAX_PROGRAM_STREAMS));
    this.limiter =
        new StreamLimiter(
            clients,
            SharedStreams.NONE,
            limits,
            new MemoryBudget(Long.MAX_VALUE, meters),
            BulkheadRegistry.ofDefaults(),
            meters,
            new FakeScheduler());
  }

  /// Without a drain time.
  public static LimitsProperties limits() {
    return new LimitsProperties(
        10, DataSize.ofKilobytes(1), 10, MAX_STREAMS, MAX_STREAMS, "", Duration.ZERO, false, "off");
  }

  public static Clients clients() {
    return new Clients(new ClientAddresses(limits()));
  }

  public StreamLimiter limiter() {
    return limiter;
  }

  public StreamLimiter.Permit acquire() {
    return limiter.acquire(new MockHttpServletRequest());
  }

  public int activeStreams() {
    return (int) meters.get("gateway.streams.active").gauge().value();
  }

  /// Starts the shutdown, without a drain time.
  public void stop() {
    limiter.stop();
  }
}

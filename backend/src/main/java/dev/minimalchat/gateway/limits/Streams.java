package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The answers that are running: how many there may be, and how they end when the gateway stops. It
/// stops before the server does, so that the server can still say so to whoever asks meanwhile.
@Component
public class Streams implements SmartLifecycle {
  private static final Duration COME_BACK = Duration.ofSeconds(5);

  /// How long the last answers have to tell their browsers that they were cut short.
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Clients clients;
  private final Bulkhead all;
  private final Duration drain;
  private final Set<Permit> running = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean started;
  private volatile boolean draining;

  Streams(
      Clients clients, LimitsProperties limits, BulkheadRegistry bulkheads, MeterRegistry meters) {
    meters.gaugeCollectionSize("gateway.streams.active", Tags.empty(), running);
    this.clients = clients;
    this.drain = limits.drain();
    this.all =
        bulkheads.bulkhead(
            "streams",
            BulkheadConfig.custom()
                .maxConcurrentCalls(limits.maxStreams())
                .maxWaitDuration(Duration.ZERO)
                .build());
  }

  /// Admits one more answer, which must give its permit back.
  ///
  /// @throws Failure if the gateway is stopping, or this client or the gateway has enough to do
  public Permit enter(HttpServletRequest request) {
    if (draining) {
      throw new Failure(ErrorCode.OVERLOADED, "draining", COME_BACK, null);
    }
    Bulkhead own = clients.of(request).streams();
    if (!own.tryAcquirePermission()) {
      throw new Failure(ErrorCode.RATE_LIMITED, "over MAX_STREAMS_PER_CLIENT", COME_BACK, null);
    }
    if (!all.tryAcquirePermission()) {
      own.releasePermission();
      throw new Failure(ErrorCode.OVERLOADED, "over MAX_STREAMS", COME_BACK, null);
    }
    Permit permit = new Permit(own);
    running.add(permit);
    return permit;
  }

  /// Whether the gateway has been told to stop.
  public boolean draining() {
    return draining;
  }

  @Override
  public void start() {
    started = true;
  }

  @Override
  public boolean isRunning() {
    return started;
  }

  @Override
  public void stop() {
    stop(() -> {});
  }

  /// Waits for running answers; those that take too long are told to end.
  @Override
  public void stop(Runnable callback) {
    draining = true;
    started = false;
    completeWhenEmpty();
    var _ =
        drained
            .copy()
            .orTimeout(drain.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionallyCompose(_ -> revokeTheRest())
            .whenComplete((_, _) -> callback.run());
  }

  private CompletableFuture<Void> revokeTheRest() {
    running.forEach(Permit::revoke);
    return drained.copy().orTimeout(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void completeWhenEmpty() {
    if (draining && running.isEmpty()) {
      drained.complete(null);
    }
  }

  /// The right to have one answer running. Given back once, however often it is closed.
  public final class Permit implements AutoCloseable {
    private final Bulkhead own;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Runnable end = () -> {};

    private Permit(Bulkhead own) {
      this.own = own;
    }

    /// What to do when the gateway cannot wait for this answer any longer.
    public void whenRevoked(Runnable end) {
      this.end = end;
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        own.releasePermission();
        all.releasePermission();
        running.remove(this);
        completeWhenEmpty();
      }
    }

    private void revoke() {
      end.run();
    }
  }
}

package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.Deadline;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/// Limits concurrent answers and drains them at shutdown. It stops before the web server does, so
/// that new requests during the drain still get a response.
@Component
public class StreamLimiter implements SmartLifecycle {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /// How long cancelled answers have to send their last event.
  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(2);

  private final ClientLimitsCache clients;
  private final Bulkhead total;
  private final Duration drain;
  private final ThreadPoolTaskScheduler timers;
  private final Set<Permit> running = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean draining;

  StreamLimiter(
      ClientLimitsCache clients,
      LimitsProperties limits,
      BulkheadRegistry bulkheads,
      MeterRegistry meters,
      ThreadPoolTaskScheduler timers) {
    meters.gaugeCollectionSize("gateway.streams.active", Tags.empty(), running);
    this.clients = clients;
    this.drain = limits.drain();
    this.timers = timers;
    this.total =
        bulkheads.bulkhead(
            "streams", BulkheadConfig.custom().maxConcurrentCalls(limits.maxStreams()).build());
  }

  /// Acquires a permit for one answer; the caller must close it.
  ///
  /// @throws Failure if the gateway is draining, or a limit is reached
  public Permit acquire(HttpServletRequest request) {
    if (draining) {
      throw new Failure(ErrorCode.OVERLOADED, "draining", RETRY_AFTER, null);
    }
    Bulkhead client = clients.of(request).streams();
    if (!client.tryAcquirePermission()) {
      throw new Failure(ErrorCode.RATE_LIMITED, "over MAX_STREAMS_PER_CLIENT", RETRY_AFTER, null);
    }
    if (!total.tryAcquirePermission()) {
      client.releasePermission();
      throw new Failure(ErrorCode.OVERLOADED, "over MAX_STREAMS", RETRY_AFTER, null);
    }
    Permit permit = new Permit(client);
    running.add(permit);
    return permit;
  }

  public boolean isDraining() {
    return draining;
  }

  /// A new limiter is already running.
  @Override
  public void start() {}

  @Override
  public boolean isRunning() {
    return !draining;
  }

  @Override
  public void stop() {
    stop(() -> {});
  }

  /// Waits for running answers, and cancels those that exceed the drain time.
  @Override
  public void stop(Runnable callback) {
    draining = true;
    Deadline drainEnd =
        Deadline.start(timers, drain, () -> running.forEach(permit -> permit.onCancel.run()));
    Deadline cancelEnd =
        Deadline.start(timers, drain.plus(CANCEL_TIMEOUT), () -> drained.complete(null));
    var _ =
        drained.thenRun(() -> {
          drainEnd.close();
          cancelEnd.close();
          callback.run();
        });
    completeWhenEmpty();
  }

  private void completeWhenEmpty() {
    if (draining && running.isEmpty()) {
      drained.complete(null);
    }
  }

  /// Permission for one running answer. [#close] is idempotent.
  public final class Permit implements AutoCloseable {
    private final Bulkhead client;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Runnable onCancel = () -> {};

    private Permit(Bulkhead client) {
      this.client = client;
    }

    /// Sets the action that ends this answer at shutdown.
    public void onCancel(Runnable onCancel) {
      this.onCancel = onCancel;
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        client.releasePermission();
        total.releasePermission();
        running.remove(this);
        completeWhenEmpty();
      }
    }
  }
}

package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.ClientLimitsCache.ClientLimits;
import dev.minimalchat.gateway.memory.MemoryBudget;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/// Limits concurrent answers, and their memory, and drains them at shutdown. It stops before the
/// web server does, so that new requests during the drain still get a response.
@Component
public class StreamLimiter implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(StreamLimiter.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /// The heap that a running answer of a client of its own occupies: both connections, the thread,
  /// the client's limiters. Measured at 70 to 75 KB.
  private static final int STREAM_BYTES = 80 << 10;

  /// By default the answers leave a quarter of the memory budget to bodies.
  private static final double DEFAULT_SHARE = 0.75;

  private static final int DEFAULT_MAX_STREAMS = 5000;

  /// How long cancelled answers have to send their last event.
  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(2);

  private final ClientLimitsCache clients;
  private final SharedStreams shared;
  private final MemoryBudget memory;
  private final Bulkhead total;
  private final Duration drain;
  private final ThreadPoolTaskScheduler timers;
  private final Set<Permit> running = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean draining;

  StreamLimiter(
      ClientLimitsCache clients,
      SharedStreams shared,
      LimitsProperties limits,
      MemoryBudget memory,
      BulkheadRegistry bulkheads,
      MeterRegistry meters,
      ThreadPoolTaskScheduler timers) {
    meters.gaugeCollectionSize("gateway.streams.active", Tags.empty(), running);
    this.clients = clients;
    this.shared = shared;
    this.memory = memory;
    this.drain = limits.drain();
    this.timers = timers;
    this.total =
        bulkheads.bulkhead(
            "streams", BulkheadConfig.custom().maxConcurrentCalls(maxStreams(limits)).build());
  }

  private int maxStreams(LimitsProperties limits) {
    long fitting = Math.max(1, (long) (DEFAULT_SHARE * memory.limit()) / STREAM_BYTES);
    return limits.maxStreams() == null
        ? Math.toIntExact(Math.min(DEFAULT_MAX_STREAMS, fitting))
        : limits.maxStreams();
  }

  /// Acquires a permit for one answer; the caller must close it.
  ///
  /// It takes over the memory of the request's body.
  ///
  /// @throws Failure if the gateway is draining, or a limit is reached
  public Permit acquire(HttpServletRequest request) {
    if (draining) {
      throw new Failure(ErrorCode.OVERLOADED, "draining", RETRY_AFTER, null);
    }
    ClientLimits limits = clients.of(request);
    Bulkhead client = limits.streams();
    if (!client.tryAcquirePermission()) {
      throw overLimit(client);
    }
    if (!total.tryAcquirePermission()) {
      client.releasePermission();
      throw new Failure(ErrorCode.OVERLOADED, "over MAX_STREAMS", RETRY_AFTER, null);
    }
    Permit permit = open(client, request);
    try {
      permit.lease = acquireLease(limits);
      return permit;
    } catch (Failure overLimit) {
      permit.close();
      throw overLimit;
    }
  }

  private Permit open(Bulkhead client, HttpServletRequest request) {
    try {
      Permit permit =
          new Permit(
              client, memory.reserve(STREAM_BYTES), RequestBodyFilter.takeReservation(request));
      running.add(permit);
      return permit;
    } catch (Failure overloaded) {
      client.releasePermission();
      total.releasePermission();
      throw overloaded;
    }
  }

  /// The last step, because it may wait for another process.
  private SharedStreams.Lease acquireLease(ClientLimits client) {
    int max = client.streams().getBulkheadConfig().getMaxConcurrentCalls();
    SharedStreams.Lease lease = shared.acquire(client.id(), max);
    if (lease == null) {
      throw overLimit(client.streams());
    }
    return lease;
  }

  private static Failure overLimit(Bulkhead client) {
    return new Failure(ErrorCode.RATE_LIMITED, "over " + client.getName(), RETRY_AFTER, null);
  }

  /// A new limiter is already running.
  @Override
  public void start() {}

  public boolean isDraining() {
    return draining;
  }

  @EventListener(ApplicationReadyEvent.class)
  void logLimits() {
    log.atInfo()
        .addKeyValue("max_streams", total.getBulkheadConfig().getMaxConcurrentCalls())
        .addKeyValue("memory_budget_mb", memory.limit() >> 20)
        .addKeyValue("heap_mb", Runtime.getRuntime().maxMemory() >> 20)
        .log("limits");
  }

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
    private final MemoryBudget.Reservation stream;
    private final MemoryBudget.@Nullable Reservation body;
    private final AtomicBoolean released = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile SharedStreams.Lease lease = SharedStreams.Lease.NONE;
    private volatile Runnable onCancel = () -> {};

    private Permit(
        Bulkhead client, MemoryBudget.Reservation stream, MemoryBudget.@Nullable Reservation body) {
      this.client = client;
      this.stream = stream;
      this.body = body;
    }

    /// Releases the memory of the request's body, when nothing references it any more.
    public void releaseBody() {
      if (body != null) {
        body.close();
      }
    }

    /// Keeps the memory of the request's body while the answer streams. It is released when memory
    /// is short.
    ///
    /// @param onReclaim drops the body, and returns whether it did; any thread calls it
    public void keepBody(BooleanSupplier onReclaim) {
      if (body != null) {
        body.allowReclaim(onReclaim);
      }
    }

    /// Reserves memory for an answer that is collected; released with the permit.
    ///
    /// @throws Failure OVERLOADED if the memory budget is exhausted
    public void reserve(long bytes) {
      stream.grow(bytes);
    }

    /// Sets the action that ends this answer at shutdown.
    public void onCancel(Runnable onCancel) {
      this.onCancel = onCancel;
    }

    /// Lets another answer begin, while the end of this one is sent. Idempotent.
    ///
    /// To call before the client learns of the end: its next request can follow at once, and would
    /// be refused.
    public void release() {
      if (!released.getAndSet(true)) {
        lease.close();
        client.releasePermission();
        total.releasePermission();
      }
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        release();
        releaseBody();
        stream.close();
        running.remove(this);
        completeWhenEmpty();
      }
    }
  }
}

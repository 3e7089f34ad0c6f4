package dev.minimalchat.gateway.memory;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The part of the heap that requests may occupy: bodies and running answers. Code whose memory use
/// depends on a client reserves it here first, so that the process rejects requests instead of
/// running out of memory (`docs/decisions/0008`).
///
/// It counts what callers report; it does not measure the heap.
@Component
public class MemoryBudget {
  /// What the gateway occupies without any request, and the room that the collector needs.
  private static final long BASE_BYTES = 72L << 20;

  /// The rest is for connections without a request and for objects that live too shortly to be
  /// counted.
  private static final double REQUEST_SHARE = 0.7;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final long limit;
  private final AtomicLong reserved = new AtomicLong();
  private final Lock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();

  /// What can be released when memory is short.
  private final Set<Reservation> reclaimable = ConcurrentHashMap.newKeySet();

  /// Threads in [#awaitReservation].
  private final AtomicInteger waiting = new AtomicInteger();

  @Autowired
  MemoryBudget(MeterRegistry meters) {
    this(limit(Runtime.getRuntime().maxMemory()), meters);
  }

  public MemoryBudget(long limit, MeterRegistry meters) {
    this.limit = limit;
    Gauge.builder("gateway.memory.budget", () -> limit)
        .baseUnit("bytes")
        .description("The part of the heap that requests may occupy")
        .register(meters);
    Gauge.builder("gateway.memory.reserved", reserved, AtomicLong::doubleValue)
        .baseUnit("bytes")
        .description("The part of the memory budget that is in use")
        .register(meters);
  }

  /// @param heapBytes the maximum size of the heap
  static long limit(long heapBytes) {
    return (long) (REQUEST_SHARE * Math.max(heapBytes / 4, heapBytes - BASE_BYTES));
  }

  public long limit() {
    return limit;
  }

  /// Reserves memory; the caller must close the reservation.
  ///
  /// @throws Failure OVERLOADED if the budget is exhausted
  public Reservation reserve(long bytes) {
    Reservation reservation = new Reservation();
    reservation.grow(bytes);
    return reservation;
  }

  /// Reserves memory, and waits for it if necessary, because a running answer needs it.
  ///
  /// @throws Failure OVERLOADED if the budget is exhausted for that long
  public Reservation awaitReservation(long bytes, Duration timeout) throws InterruptedException {
    Reservation reservation = new Reservation();
    if (reservation.tryGrow(bytes)) {
      return reservation;
    }
    long waitNanos = timeout.toNanos();
    lock.lock();
    try {
      waiting.incrementAndGet();
      while (!reservation.tryGrow(bytes)) {
        if (waitNanos <= 0) {
          throw exhausted();
        }
        waitNanos = released.awaitNanos(waitNanos);
      }
      return reservation;
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }

  /// Takes one reservation back, and returns whether there was one.
  private boolean reclaim() {
    for (Reservation reservation : reclaimable) {
      if (reservation.reclaim()) {
        return true;
      }
    }
    return false;
  }

  private void release(long bytes) {
    reserved.addAndGet(-bytes);
    if (waiting.get() > 0) {
      lock.lock();
      try {
        released.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private static Failure exhausted() {
    return new Failure(ErrorCode.OVERLOADED, "over the memory budget", RETRY_AFTER, null);
  }

  /// Memory reserved for one purpose. [#close] is idempotent. Thread-safe.
  public final class Reservation implements AutoCloseable {
    private final AtomicLong held = new AtomicLong();
    private final AtomicReference<@Nullable BooleanSupplier> onReclaim = new AtomicReference<>();

    private Reservation() {}

    /// Allows the budget to take this reservation back when memory is short.
    ///
    /// @param onReclaim drops what occupies the memory, and returns whether it did; any thread
    ///   calls it
    public void allowReclaim(BooleanSupplier onReclaim) {
      this.onReclaim.set(onReclaim);
      reclaimable.add(this);
    }

    private boolean reclaim() {
      BooleanSupplier action = onReclaim.getAndSet(null);
      boolean isDropped = action != null && action.getAsBoolean();
      if (isDropped) {
        close();
      }
      return isDropped;
    }

    /// Reserves more.
    ///
    /// @throws Failure OVERLOADED if the budget is exhausted; the reservation is then unchanged
    public void grow(long bytes) {
      if (!tryGrow(bytes)) {
        throw exhausted();
      }
    }

    /// Reserves more, if it fits.
    ///
    /// @return whether it does; if not, the reservation is unchanged
    public boolean tryGrow(long bytes) {
      boolean fits = tryGrowOnce(bytes);
      while (!fits && bytes <= limit && MemoryBudget.this.reclaim()) {
        fits = tryGrowOnce(bytes);
      }
      return fits;
    }

    private boolean tryGrowOnce(long bytes) {
      long before = reserved.getAndUpdate(sum -> sum + bytes > limit ? sum : sum + bytes);
      boolean fits = before + bytes <= limit;
      if (fits) {
        held.addAndGet(bytes);
      }
      return fits;
    }

    public long bytes() {
      return held.get();
    }

    public void shrink(long bytes) {
      held.addAndGet(-bytes);
      release(bytes);
    }

    @Override
    public void close() {
      reclaimable.remove(this);
      release(held.getAndSet(0));
    }
  }
}

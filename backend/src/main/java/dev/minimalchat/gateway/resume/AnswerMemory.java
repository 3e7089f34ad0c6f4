package dev.minimalchat.gateway.resume;

import dev.minimalchat.gateway.memory.MemoryBudget;
import java.util.concurrent.atomic.AtomicLong;

/// The memory of one answer: a part of `RESUME_MEMORY`, and of the memory budget. Thread-safe.
final class AnswerMemory implements AutoCloseable {
  private final AtomicLong used;
  private final long limit;
  private final MemoryBudget.Reservation reservation;
  private long bytes;
  private boolean closed;

  /// @param used of all answers together
  AnswerMemory(AtomicLong used, long limit, MemoryBudget.Reservation reservation) {
    this.used = used;
    this.limit = limit;
    this.reservation = reservation;
  }

  /// Returns whether there is that much.
  synchronized boolean resize(long newBytes) {
    long change = newBytes - bytes;
    if (closed || change == 0) {
      return !closed;
    }
    if (change > 0 && !grow(change)) {
      return false;
    }
    if (change < 0) {
      used.addAndGet(change);
      reservation.shrink(-change);
    }
    bytes = newBytes;
    return true;
  }

  @Override
  public synchronized void close() {
    closed = true;
    used.addAndGet(-bytes);
    bytes = 0;
    reservation.close();
  }

  private boolean grow(long change) {
    if (used.addAndGet(change) > limit || !reservation.tryGrow(change)) {
      used.addAndGet(-change);
      return false;
    }
    return true;
  }
}

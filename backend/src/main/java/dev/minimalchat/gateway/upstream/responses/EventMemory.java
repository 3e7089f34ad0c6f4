package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.memory.MemoryBudget;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Reserves the memory of a large event while it is read and mapped, and of text that is held back.
/// What a small one needs is part of what every answer reserves.
///
/// One thread reserves; any thread may close.
final class EventMemory implements AutoCloseable {
  /// Up to this size an event is small.
  static final int SMALL_EVENT_BYTES = 8 << 10;

  /// An event exists as received bytes, as its data, as JSON and as text at the same time, and the
  /// buffers double when they grow.
  private static final int COPIES = 8;

  /// A running answer waits for memory that other answers release, rather than fail at once.
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private final MemoryBudget budget;
  private final Queue<MemoryBudget.Reservation> reservations = new ConcurrentLinkedQueue<>();
  private final MemoryBudget.Reservation held;
  private int reservedBytes = SMALL_EVENT_BYTES;
  private volatile boolean closed;

  EventMemory(MemoryBudget budget) {
    this.budget = budget;
    this.held = budget.reserve(0);
  }

  /// Reserves what an event of this size needs, in all.
  ///
  /// @throws Failure OVERLOADED if the memory budget stays exhausted
  void reserve(int eventBytes) {
    if (eventBytes <= reservedBytes) {
      return;
    }
    int next = Math.max(2 * reservedBytes, eventBytes);
    try {
      reservations.add(budget.awaitReservation((long) COPIES * (next - reservedBytes), MAX_WAIT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ErrorCode.OVERLOADED, "interrupted", e);
    }
    reservedBytes = next;
    if (closed) {
      closeAll();
    }
  }

  /// Called when the event is no longer needed.
  void release() {
    if (reservedBytes > SMALL_EVENT_BYTES) {
      closeAll();
      reservedBytes = SMALL_EVENT_BYTES;
    }
  }

  /// Reserves this many bytes more until [#close], for text that is held back.
  ///
  /// @return whether there are as many
  synchronized boolean tryHold(int bytes) {
    return !closed && held.tryGrow(bytes);
  }

  @Override
  public synchronized void close() {
    closed = true;
    held.close();
    closeAll();
  }

  private void closeAll() {
    for (var next = reservations.poll(); next != null; next = reservations.poll()) {
      next.close();
    }
  }
}

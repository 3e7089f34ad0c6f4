package dev.minimalchat.gateway;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import jdk.management.VirtualThreadSchedulerMXBean;

/// Adds carriers of virtual threads while all of them are occupied by threads that wait.
///
/// A virtual thread that loads or initialises a class keeps its carrier, also while it waits for a
/// lock. With as many carriers as processors, such threads can occupy all of them while the owner
/// of the lock has none. More carriers than processors all the time would double the CPU of an
/// answer, because they take the processors from each other and from the compilers
/// (docs/decisions/0005).
final class SpareCarriers {

  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final int ADDED_AT_ONCE = 4;
  private static final int MAX_ADDED = 14; // an overload makes a new virtual thread wait, too

  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final int usual = scheduler.getParallelism();
  private int added;

  private SpareCarriers() {}

  /// Runs until the process ends.
  static void watch() {
    Thread.ofPlatform().daemon().name("spare-carriers").start(() -> new SpareCarriers().run());
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        adjust(hasFreeCarrier());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether a new virtual thread starts within the interval.
  private static boolean hasFreeCarrier() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Thread.startVirtualThread(started::countDown);
    return started.await(INTERVAL.toMillis(), MILLISECONDS);
  }

  private void adjust(boolean free) {
    int next = free ? 0 : Math.min(added + ADDED_AT_ONCE, MAX_ADDED);
    if (next != added) {
      scheduler.setParallelism(usual + next);
      added = next;
    }
  }
}

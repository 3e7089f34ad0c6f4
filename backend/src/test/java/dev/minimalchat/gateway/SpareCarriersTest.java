package dev.minimalchat.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;

class SpareCarriersTest {

  private static final CountDownLatch INITIALISED = new CountDownLatch(1);

  /// A thread that initialises a class keeps its carrier, and so does each that waits for it.
  private static class SlowlyInitialised {
    static {
      try {
        INITIALISED.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    private static void use() {}
  }

  @Test
  void threadsThatOccupyAllCarriersDoNotKeepTheOthersFromRunning() throws InterruptedException {
    var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    int usual = scheduler.getParallelism();
    SpareCarriers.watch();
    var waiting =
        IntStream.range(0, usual)
            .mapToObj(_ -> Thread.startVirtualThread(SlowlyInitialised::use))
            .toList();
    await().until(() -> scheduler.getMountedVirtualThreadCount() >= usual);

    Thread.startVirtualThread(INITIALISED::countDown);

    assertThat(INITIALISED.await(20, SECONDS)).isTrue();
    for (Thread thread : waiting) {
      thread.join();
    }
    await().untilAsserted(() -> assertThat(scheduler.getParallelism()).isEqualTo(usual));
  }
}

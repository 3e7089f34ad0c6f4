package dev.minimalchat.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/// A process that opens many streams with one client, waits until each has had its first event, and
/// prints what one of them holds in KiB, in the heap and outside it, and the platform threads.
///
/// Its heap is resident from the start, so that whatever the process grows by lies outside it.
final class IdleStreams {
  static final int STREAMS = 2_000;

  private static final int AT_A_TIME = 20;

  public static void main(String[] arguments) throws Exception {
    Client client = Client.all().get(arguments[0]).get();
    open(client, URI.create(arguments[1] + "/37/0"), STREAMS / 10, 37);
    Thread.sleep(500);
    long heap = heap();
    long resident = status("VmRSS:");
    open(client, URI.create(arguments[1] + "/2/60000"), STREAMS, 1);
    double heapPerStream = (heap() - heap) / 1024.0 / STREAMS;
    double residentPerStream = (status("VmRSS:") - resident) / (double) STREAMS;
    System.out.printf("%.1f %.1f %d%n", heapPerStream, residentPerStream, status("Threads:"));
    System.exit(0);
  }

  private static void open(Client client, URI address, int streams, int events)
      throws InterruptedException {
    LongAdder lineFeeds = new LongAdder();
    for (int opened = 1; opened <= streams; opened++) {
      Thread.startVirtualThread(() -> read(client, address, lineFeeds));
      while (opened - lineFeeds.sum() / 3 / events > AT_A_TIME) {
        Thread.sleep(1);
      }
    }
    while (lineFeeds.sum() < 3L * streams * events) {
      Thread.sleep(50);
    }
  }

  private static void read(Client client, URI address, LongAdder lineFeeds) {
    try {
      client.read(address, lineFeeds);
    } catch (IOException | InterruptedException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long status(String key) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(it -> it.startsWith(key)).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    }
  }

  private IdleStreams() {}
}

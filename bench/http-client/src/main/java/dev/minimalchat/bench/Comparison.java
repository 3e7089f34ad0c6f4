package dev.minimalchat.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads the same streams with each client in turn, several rounds, and prints medians: CPU of this
/// process (kernel time included) per event and per request, and what an open stream holds.
final class Comparison {
  private static final int ROUNDS = 5;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Map<String, Client> clients = new LinkedHashMap<>();
  private final String provider;

  private Comparison(int port) {
    this.provider = "http://127.0.0.1:" + port;
    clients.put("java.net.http", new Client.Jdk());
    clients.put("HttpClient 5", new Client.Apache());
  }

  public static void main(String[] arguments) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(java, "-Xmx1g", "-cp", classPath, ScriptedProvider.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      new Comparison(Integer.parseInt(out.readLine())).run();
    } finally {
      process.destroy();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    System.out.println("| what | " + String.join(" | ", clients.keySet()) + " |");
    System.out.println("|---|---:|---:|");
    row("CPU µs per event, 100 streams × 50 events/s", 100, "/150/50", 100);
    row("CPU µs per event, 50 streams of 2,000 events without pause", 50, "/2000/0", 50);
    row("CPU µs per request, 10 at a time, 37 events each", 2000, "/37/0", 10);
    memory(1000);
  }

  private void row(String what, int requests, String script, int atATime) throws Exception {
    boolean perRequest = what.contains("per request");
    Map<String, List<Double>> results = new LinkedHashMap<>();
    for (int round = -1; round < ROUNDS; round++) {
      for (var client : clients.entrySet()) {
        long cpu = SYSTEM.getProcessCpuTime();
        long events = read(client.getValue(), requests, URI.create(provider + script), atATime);
        double micros = (SYSTEM.getProcessCpuTime() - cpu) / 1_000.0;
        if (round >= 0) {
          results
              .computeIfAbsent(client.getKey(), _ -> new ArrayList<>())
              .add(micros / (perRequest ? requests : events));
        }
      }
    }
    print(what, results);
  }

  private static long read(Client client, int requests, URI address, int atATime)
      throws Exception {
    try (ExecutorService workers =
        Executors.newFixedThreadPool(atATime, Thread.ofVirtual().factory())) {
      List<Future<Long>> answers = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        answers.add(workers.submit(() -> client.read(address)));
      }
      long events = 0;
      for (Future<Long> answer : answers) {
        events += answer.get();
      }
      return events;
    }
  }

  /// What a stream holds while it waits: the heap after a collection, over many of them.
  private void memory(int streams) throws Exception {
    Map<String, List<Double>> heap = new LinkedHashMap<>();
    Map<String, List<Double>> threads = new LinkedHashMap<>();
    for (var client : clients.entrySet()) {
      long before = usedHeap();
      int threadsBefore = platformThreads();
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        readers.add(Thread.startVirtualThread(() -> quietly(client.getValue())));
      }
      Thread.sleep(4_000);
      heap.put(client.getKey(), List.of((usedHeap() - before) / 1024.0 / streams));
      threads.put(client.getKey(), List.of((double) platformThreads() - threadsBefore));
      for (Thread reader : readers) {
        reader.join();
      }
    }
    print("KiB of heap per open stream, of " + streams, heap);
    print("more platform threads meanwhile", threads);
  }

  private void quietly(Client client) {
    try {
      client.read(URI.create(provider + "/8/1"));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static int platformThreads() throws IOException {
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      return (int) tasks.count();
    }
  }

  private void print(String what, Map<String, List<Double>> results) {
    StringBuilder row = new StringBuilder("| " + what);
    for (String client : clients.keySet()) {
      List<Double> sorted = results.get(client).stream().sorted().toList();
      row.append(" | ").append("%.1f".formatted(sorted.get(sorted.size() / 2)));
    }
    System.out.println(row.append(" |"));
  }
}

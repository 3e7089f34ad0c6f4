package dev.minimalchat.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/// Reads the same streams with each client in turn and prints medians with the least and the most:
/// CPU of this process (kernel time included) and speed. What an open stream holds is asked of one
/// fresh process per client, [IdleStreams].
final class Comparison {
  private static final int ROUNDS = 9;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final Load PACED = new Load("event, 100 streams × 50/s", 100, 100, 100, 20);
  private static final Load BURST = new Load("event, 2,000 at once, 50 streams", 100, 50, 2_000, 0);
  private static final Load SHORT = new Load("request, 37 events, 10 at a time", 2_000, 10, 37, 0);

  private final Map<String, Client> clients = new LinkedHashMap<>();
  private final String provider;

  private Comparison(int port) {
    this.provider = "http://127.0.0.1:" + port;
    Client.all().forEach((name, client) -> clients.put(name, client.get()));
  }

  public static void main(String[] arguments) throws Exception {
    Process process = java(ScriptedProvider.class, "-Xmx1g").start();
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      new Comparison(Integer.parseInt(out.readLine())).run();
    } finally {
      process.destroy();
    }
    System.exit(0);
  }

  private static ProcessBuilder java(Class<?> main, String... options) {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.add("-Dslf4j.internal.verbosity=ERROR");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private void run() throws Exception {
    System.out.println("| what | " + String.join(" | ", clients.keySet()) + " |");
    System.out.println("|---|" + "---:|".repeat(clients.size()));
    for (int round = 0; round < 2; round++) {
      measure(BURST, round);
      measure(SHORT, round);
    }
    compare(BURST, true);
    compare(SHORT, true);
    measure(PACED, 0);
    compare(PACED, false);
    idle();
  }

  private void compare(Load load, boolean speed) throws Exception {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      measure(load, round)
          .forEach((name, it) -> samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(it));
    }
    print("CPU µs per " + load.what(), samples, Sample::micros);
    printRatios(samples);
    if (speed) {
      print("per second: " + load.what(), samples, Sample::perSecond);
    }
  }

  /// Every other round goes through the clients backwards, so that none always follows another.
  private Map<String, Sample> measure(Load load, int round) throws Exception {
    List<String> order = new ArrayList<>(clients.keySet());
    Map<String, Sample> samples = new LinkedHashMap<>();
    for (String name : round % 2 == 0 ? order : order.reversed()) {
      samples.put(name, measure(load, clients.get(name)));
    }
    return samples;
  }

  private Sample measure(Load load, Client client) throws InterruptedException, ExecutionException {
    URI address = URI.create(provider + "/" + load.events() + "/" + load.pause());
    LongAdder lineFeeds = new LongAdder();
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    try (var readers = Executors.newFixedThreadPool(load.atATime(), Thread.ofVirtual().factory())) {
      List<Future<?>> answers = new ArrayList<>();
      for (int i = 0; i < load.streams(); i++) {
        answers.add(
            readers.submit(() -> {
              client.read(address, lineFeeds);
              return null;
            }));
      }
      for (Future<?> answer : answers) {
        answer.get();
      }
    }
    long nanos = System.nanoTime() - start;
    cpu = SYSTEM.getProcessCpuTime() - cpu;
    load.check(lineFeeds.sum());
    return new Sample(cpu / 1e3 / load.units(), load.units() * 1e9 / nanos);
  }

  private void idle() throws IOException, InterruptedException {
    Map<String, String[]> answers = new LinkedHashMap<>();
    for (String name : clients.keySet()) {
      ProcessBuilder process =
          java(IdleStreams.class, "-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
      process.command().addAll(List.of(name, provider));
      Process idle = process.start();
      answers.put(name, new String(idle.getInputStream().readAllBytes()).strip().split(" "));
      if (idle.waitFor() != 0) {
        throw new IllegalStateException("the idle streams of " + name + " ended early");
      }
    }
    String[] what = {
      "KiB of heap per idle stream, of " + IdleStreams.STREAMS,
      "KiB of memory outside the heap per idle stream",
      "platform threads while they are open"
    };
    for (int i = 0; i < what.length; i++) {
      int column = i;
      List<String> row = answers.values().stream().map(answer -> answer[column]).toList();
      System.out.println("| " + what[i] + " | " + String.join(" | ", row) + " |");
    }
  }

  private void print(String what, Map<String, List<Sample>> samples, Figure figure) {
    StringBuilder row = new StringBuilder("| " + what);
    for (String name : clients.keySet()) {
      double[] sorted = samples.get(name).stream().mapToDouble(figure::of).sorted().toArray();
      double median = sorted[sorted.length / 2];
      String digits = median < 10 ? "%.2f" : "%,.0f";
      String format = " | " + digits + " (" + digits + "–" + digits + ")";
      row.append(format.formatted(median, sorted[0], sorted[sorted.length - 1]));
    }
    System.out.println(row.append(" |"));
  }

  /// Rounds are compared with themselves: what else the machine did then, it did to all.
  private void printRatios(Map<String, List<Sample>> samples) {
    List<Sample> first = samples.values().iterator().next();
    StringBuilder row = new StringBuilder("| … as a share of the first, round by round");
    for (String name : clients.keySet()) {
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        ratios.add(samples.get(name).get(round).micros() / first.get(round).micros());
      }
      row.append(" | %.2f".formatted(ratios.stream().sorted().toList().get(ROUNDS / 2)));
    }
    System.out.println(row.append(" |"));
  }

  /// What is counted is the event, or the request where the streams are short.
  private record Load(String what, int streams, int atATime, int events, int pause) {
    int units() {
      return what.startsWith("request") ? streams : streams * events;
    }

    void check(long lineFeeds) {
      if (lineFeeds != 3L * streams * events) {
        throw new IllegalStateException(lineFeeds + " line feeds were read of " + this);
      }
    }
  }

  private record Sample(double micros, double perSecond) {}

  private interface Figure {
    double of(Sample sample);
  }
}

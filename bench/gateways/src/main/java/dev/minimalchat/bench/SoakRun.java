package dev.minimalchat.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Ten minutes of answers that complete, or end with a disconnect of the browser or the provider:
/// whether memory stays constant, and whether permits and connections are released.
final class SoakRun {
  private static final int MINUTES = 10;
  private static final Load LOAD = Load.withRandomEndings(MINUTES * 60, 200, 100, 50);
  private static final String MEMORY = "1g";
  private static final String ACTIVE_STREAMS = "gateway_streams_active ";

  private final ProviderProcess provider;
  private final Gateway gateway;
  private final List<Double> resident = new ArrayList<>();

  SoakRun(ProviderProcess provider, Gateway gateway) {
    this.provider = provider;
    this.gateway = gateway;
  }

  void run(Path log) throws IOException {
    try (Gateway.Running instance = gateway.start(log, MEMORY)) {
      Thread watch = Thread.ofVirtual().start(() -> watch(instance.metrics()));
      LoadResult result = instance.run(LOAD);
      watch.interrupt();
      Sleep.millis(5_000);
      System.out.printf(
          "%n| %d streams with random endings, for %d minutes | %s |%n|---|---:|%n",
          LOAD.concurrency(), MINUTES, gateway.name());
      row("answers", String.valueOf(result.answers()));
      row("failed answers", result.failures().toString());
      row("RSS MB, per minute", megabytes());
      row("unfinished answers of the provider", String.valueOf(provider.openAnswers()));
      row("permits not released", activeStreams(instance.managementPort()));
    }
  }

  private void watch(ProcessMetrics metrics) {
    while (resident.size() < MINUTES) {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        return;
      }
      resident.add(metrics.residentMegabytes());
    }
  }

  private String megabytes() {
    return resident.stream()
        .map(it -> String.format(Locale.ROOT, "%.0f", it))
        .collect(Collectors.joining(" "));
  }

  private static String activeStreams(int managementPort) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus");
    try (var body = uri.toURL().openStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(ACTIVE_STREAMS))
          .map(line -> line.substring(ACTIVE_STREAMS.length()))
          .collect(Collectors.joining());
    }
  }

  private static void row(String name, String value) {
    System.out.println("| " + name + " | " + value + " |");
  }
}

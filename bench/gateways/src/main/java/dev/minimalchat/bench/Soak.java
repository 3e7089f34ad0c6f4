package dev.minimalchat.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Ten minutes of our gateway under answers that end whole, with a browser that leaves, or with a
/// provider that does: whether its memory stays as it was, and whether everything comes back.
final class Soak {
  private static final int MINUTES = 10;
  private static final Load LOAD = Load.endingAnyhow(MINUTES * 60, 200, 100, 50);
  private static final String MEMORY = "1g";
  private static final String PERMITS = "gateway_streams_active ";

  private final ProviderProcess provider;
  private final Gateway gateway;
  private final List<Double> resident = new ArrayList<>();

  Soak(ProviderProcess provider, Gateway gateway) {
    this.provider = provider;
    this.gateway = gateway;
  }

  void run(Path log) throws IOException {
    try (Gateway.Running running = gateway.start(log, MEMORY)) {
      Thread watch = Thread.ofVirtual().start(() -> watch(running.figures()));
      Tally tally = running.bear(LOAD);
      watch.interrupt();
      Pause.millis(5_000);
      System.out.printf(
          "%n| %d streams that end anyhow, for %d minutes | %s |%n|---|---:|%n",
          LOAD.atATime(), MINUTES, gateway.name());
      row("answers", String.valueOf(tally.answers()));
      row("failed answers", tally.failures().toString());
      row("RSS MB, minute by minute", megabytes());
      row("answers the provider still gives", String.valueOf(provider.openAnswers()));
      row("permits not given back", permits());
    }
  }

  private void watch(ProcessFigures figures) {
    while (resident.size() < MINUTES) {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        return;
      }
      resident.add(figures.residentMegabytes());
    }
  }

  private String megabytes() {
    return resident.stream()
        .map(it -> String.format(Locale.ROOT, "%.0f", it))
        .collect(Collectors.joining(" "));
  }

  /// By the gauge that an operator would look at.
  private String permits() throws IOException {
    String port = gateway.environment().get("MANAGEMENT_PORT");
    URI metrics = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
    try (var body = metrics.toURL().openStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(PERMITS))
          .map(line -> line.substring(PERMITS.length()))
          .collect(Collectors.joining());
    }
  }

  private static void row(String name, String value) {
    System.out.println("| " + name + " | " + value + " |");
  }
}

package dev.minimalchat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Puts the gateways under the same loads in turn and prints one table. Arguments: the scenarios
/// (`soak` is one), all of them where there is none; `only=NAME` for one gateway.
final class Bench {
  private static final String ONLY = "only=";
  private static final String SOAK = "soak";
  private static final int REST_MILLIS = 15_000;
  private static final Load WARM_UP = Load.forSome(30, 10, 31);
  private static final Load WARM_UP_PACED = Load.once(100, 200, 10, 200);

  private final Map<Gateway, Gateway.Running> running = new LinkedHashMap<>();
  private final Path logs;

  private Bench(Path logs) {
    this.logs = logs;
  }

  public static void main(String[] arguments) throws IOException {
    Path work = Files.createTempDirectory("bench");
    List<String> chosen = Arrays.stream(arguments).filter(it -> !it.startsWith(ONLY)).toList();
    List<Scenario> scenarios = scenarios(chosen);
    try (ProviderProcess provider = new ProviderProcess()) {
      List<Gateway> gateways = gateways(new Peers(provider.port(), work), arguments);
      if (!scenarios.isEmpty()) {
        new Bench(work).run(scenarios, gateways);
      }
      if (chosen.isEmpty() || chosen.contains(SOAK)) {
        new Soak(provider, gateways.getFirst()).run(work.resolve("soak.log"));
      }
    }
    System.exit(0);
  }

  private static List<Scenario> scenarios(List<String> chosen) {
    return chosen.isEmpty()
        ? List.of(Scenario.values())
        : chosen.stream()
            .filter(it -> !it.equals(SOAK))
            .map(it -> Scenario.valueOf(it.toUpperCase(Locale.ROOT)))
            .toList();
  }

  private static List<Gateway> gateways(Peers peers, String[] arguments) throws IOException {
    List<String> only =
        Arrays.stream(arguments)
            .filter(it -> it.startsWith(ONLY))
            .map(it -> it.substring(ONLY.length()))
            .toList();
    return peers.all().stream().filter(it -> only.isEmpty() || only.contains(it.name())).toList();
  }

  private void run(List<Scenario> scenarios, List<Gateway> gateways) throws IOException {
    Table table = new Table(gateways.stream().map(Gateway::name).toList());
    for (Scenario scenario : scenarios) {
      table.print(scenario, measure(scenario, gateways));
    }
    running.values().forEach(Gateway.Running::close);
  }

  /// In each round every gateway has its turn, and every other round goes backwards.
  private Map<String, List<Sample>> measure(Scenario scenario, List<Gateway> gateways)
      throws IOException {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 0; round < scenario.rounds; round++) {
      for (Gateway gateway : round % 2 == 0 ? gateways : gateways.reversed()) {
        samples
            .computeIfAbsent(gateway.name(), _ -> new ArrayList<>())
            .add(sample(gateway, scenario));
      }
    }
    return samples;
  }

  private Sample sample(Gateway gateway, Scenario scenario) throws IOException {
    if (scenario == Scenario.START) {
      return start(gateway, scenario);
    }
    return scenario.state == Scenario.State.WARM
        ? warm(gateway, scenario)
        : alone(gateway, scenario);
  }

  /// From the beginning of its process to its first answer, and what it holds when it rests then.
  private Sample start(Gateway gateway, Scenario scenario) throws IOException {
    try (Gateway.Running once = gateway.start(log(gateway), scenario.memory())) {
      Tally tally = once.bear(scenario.load);
      double seconds = (System.nanoTime() - once.startedAt()) / 1e9;
      double cpu = once.figures().cpuMicros();
      Pause.millis(REST_MILLIS);
      return new Sample(tally, cpu, seconds, once.figures().residentMegabytes());
    }
  }

  private Sample alone(Gateway gateway, Scenario scenario) throws IOException {
    try (Gateway.Running once = gateway.start(log(gateway), scenario.memory())) {
      if (scenario.state == Scenario.State.WARM_ALONE) {
        warmUp(once);
      }
      return measure(once, scenario.load);
    }
  }

  private Sample warm(Gateway gateway, Scenario scenario) throws IOException {
    Gateway.Running warm = running.get(gateway);
    if (warm == null) {
      warm = gateway.start(log(gateway), scenario.memory());
      running.put(gateway, warm);
      warmUp(warm);
    }
    return measure(warm, scenario.load);
  }

  private static void warmUp(Gateway.Running gateway) throws IOException {
    for (int i = 0; i < 2; i++) {
      gateway.bear(WARM_UP);
      gateway.bear(WARM_UP_PACED);
    }
  }

  private static Sample measure(Gateway.Running gateway, Load load) throws IOException {
    ProcessFigures figures = gateway.figures();
    double cpu = figures.cpuMicros();
    long start = System.nanoTime();
    Tally tally = gateway.bear(load);
    double seconds = (System.nanoTime() - start) / 1e9;
    tally
        .failures()
        .forEach(
            (how, many) -> System.err.printf("%s: %d × %s%n", gateway.gateway().name(), many, how));
    return new Sample(tally, figures.cpuMicros() - cpu, seconds, figures.peakResidentMegabytes());
  }

  private Path log(Gateway gateway) {
    return logs.resolve(gateway.name().replace(' ', '-') + ".log");
  }
}

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

/// Runs the same loads against each gateway and prints one table. Arguments: names of scenarios
/// (also `soak`; default: all) and `only=NAME` to select a gateway.
final class Bench {
  private static final String ONLY = "only=";
  private static final String SOAK = "soak";
  private static final int IDLE_MILLIS = 15_000;
  private static final Load WARM_UP = Load.forSeconds(30, 10, 31);
  private static final Load WARM_UP_PACED = Load.once(100, 200, 10, 200);

  private final Map<Gateway, Gateway.Running> running = new LinkedHashMap<>();
  private final Path logs;

  private Bench(Path logs) {
    this.logs = logs;
  }

  public static void main(String[] arguments) throws IOException {
    Path work = Files.createTempDirectory("bench");
    List<String> names = Arrays.stream(arguments).filter(it -> !it.startsWith(ONLY)).toList();
    List<Scenario> scenarios = scenarios(names);
    try (ProviderProcess provider = new ProviderProcess();
        RedisProcess redis = new RedisProcess()) {
      List<Gateway> gateways = gateways(new Peers(provider.port(), redis.url(), work), arguments);
      if (!scenarios.isEmpty()) {
        new Bench(work).run(scenarios, gateways);
      }
      if (names.isEmpty() || names.contains(SOAK)) {
        new SoakRun(provider, gateways.getFirst()).run(work.resolve("soak.log"));
      }
    }
    System.exit(0);
  }

  private static List<Scenario> scenarios(List<String> names) {
    return names.isEmpty()
        ? List.of(Scenario.values())
        : names.stream()
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
    MarkdownTable table = new MarkdownTable(gateways.stream().map(Gateway::name).toList());
    for (Scenario scenario : scenarios) {
      table.print(scenario, measure(scenario, gateways));
    }
    running.values().forEach(Gateway.Running::close);
  }

  /// Every other round runs the gateways in reverse order.
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
        : startedAlone(gateway, scenario);
  }

  /// The time from the start of the process to its first answer, and the memory at rest afterwards.
  private Sample start(Gateway gateway, Scenario scenario) throws IOException {
    try (Gateway.Running instance = gateway.start(log(gateway), scenario.memory())) {
      LoadResult result = instance.run(scenario.load);
      double seconds = (System.nanoTime() - instance.startedAt()) / 1e9;
      double cpu = instance.metrics().cpuMicros();
      Sleep.millis(IDLE_MILLIS);
      return new Sample(result, cpu, seconds, instance.metrics().residentMegabytes());
    }
  }

  private Sample startedAlone(Gateway gateway, Scenario scenario) throws IOException {
    try (Gateway.Running instance = gateway.start(log(gateway), scenario.memory())) {
      if (scenario.state == Scenario.State.WARM_ALONE) {
        warmUp(instance);
      }
      return measure(instance, scenario.load);
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
      gateway.run(WARM_UP);
      gateway.run(WARM_UP_PACED);
    }
  }

  private static Sample measure(Gateway.Running gateway, Load load) throws IOException {
    ProcessMetrics metrics = gateway.metrics();
    double cpu = metrics.cpuMicros();
    long start = System.nanoTime();
    LoadResult result = gateway.run(load);
    double seconds = (System.nanoTime() - start) / 1e9;
    result
        .failures()
        .forEach((reason, count) ->
            System.err.printf("%s: %d × %s%n", gateway.gateway().name(), count, reason));
    return new Sample(result, metrics.cpuMicros() - cpu, seconds, metrics.peakResidentMegabytes());
  }

  private Path log(Gateway gateway) {
    return logs.resolve(gateway.name().replace(' ', '-') + ".log");
  }
}

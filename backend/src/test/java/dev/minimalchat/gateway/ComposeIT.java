package dev.minimalchat.gateway;

import static java.nio.file.Files.readString;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.minimalchat.gateway.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

/// `compose.yaml` and the files that it mounts, as far as they work without a container engine.
class ComposeIT {
  private static final Path TOP = Path.of("..");
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-(.*)}");
  private static final Pattern PINNED =
      Pattern.compile("[a-z/]+:v?\\d+\\.\\d+(\\.\\d+)?(-alpine)?");
  private static final Duration DRAIN = Duration.ofSeconds(25);
  private static final JsonNode SERVICES = compose().path("services");
  private static final List<String> REDIS = words(SERVICES.at("/redis/command").asText());

  @RegisterExtension
  static final RedisServer REDIS_SERVER =
      new RedisServer(REDIS.subList(1, REDIS.size()).toArray(String[]::new));

  @Test
  void theGatewayStartsWithItsVariables() {
    Map<String, String> variables = variables("gateway");

    assertThat(variables.keySet()).isSubsetOf(knownVariables());
    TestStartup.check(variables);
    assertThat(variables).containsEntry("OPENAI_API_KEY", "demo");
    assertThat(variables.get("REDIS_URL")).startsWith("redis://redis:");
    assertThat(SERVICES.has("redis")).isTrue();
  }

  @Test
  void theGatewayHasTimeToDrainAndTheMemoryOfItsDocumentation() {
    JsonNode gateway = SERVICES.path("gateway");
    Duration grace = Duration.parse("PT" + gateway.path("stop_grace_period").asText());

    assertThat(grace).isGreaterThan(DRAIN);
    assertThat(gateway.path("read_only").asBoolean()).isTrue();
    assertThat(gateway.path("mem_limit").asText()).isEqualTo("512m");
    assertThat(gateway.at("/ports/0").asText()).isEqualTo("8000:8000");
    assertThat(gateway.path("ports")).hasSize(1); // not the management port
  }

  @Test
  void redisStartsWithItsOptionsAndDropsOnlyWhatExpires() {
    assertThat(REDIS.getFirst()).isEqualTo("redis-server");
    try (Jedis redis = new Jedis("127.0.0.1", REDIS_SERVER.port())) {
      assertThat(redis.configGet("maxmemory-policy")).containsValue("volatile-ttl");
      assertThat(redis.configGet("maxmemory")).containsValue("67108864");
      assertThat(redis.configGet("save")).containsValue("");
    }
  }

  @Test
  void prometheusFindsTheGatewayAndGrafanaThePrometheus() throws Exception {
    JsonNode prometheus = yaml(Path.of("ops/prometheus.yml"));
    JsonNode instances = prometheus.at("/scrape_configs/0/dns_sd_configs/0");
    String alias = SERVICES.at("/gateway/networks/default/aliases/0").asText();
    assertThat(instances.at("/names/0").asText()).isEqualTo(alias);
    assertThat(instances.path("port").asInt()).isEqualTo(8001);
    // The network of compose has IPv4 only.
    assertThat(instances.path("type").asText()).isEqualTo("A");

    JsonNode source = yaml(Path.of("ops/grafana/datasource.yml")).at("/datasources/0");
    assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
    assertThat(source.path("isDefault").asBoolean()).isTrue();
    String folder =
        yaml(Path.of("ops/grafana/dashboards.yml")).at("/providers/0/options/path").asText();
    assertThat(mounts("grafana"))
        .anySatisfy(mount -> {
          assertThat(mount[0]).isEqualTo("./ops/dashboard.json");
          assertThat(Path.of(mount[1]).getParent()).hasToString(folder);
        });
    assertThat(
            new JsonMapper().readTree(readString(TOP.resolve("ops/dashboard.json"))).has("panels"))
        .isTrue();
  }

  @Test
  void everyMountedFileExistsAndEveryImageHasAVersion() {
    for (JsonNode service : SERVICES) {
      assertThat(service.has("build") || PINNED.matcher(service.path("image").asText()).matches())
          .as("%s", service)
          .isTrue();
    }
    assertThat(Stream.of("prometheus", "grafana").flatMap(name -> mounts(name).stream()))
        .hasSize(5)
        .allSatisfy(mount -> {
          assertThat(TOP.resolve(mount[0])).isRegularFile();
          assertThat(mount[2]).isEqualTo("ro");
        });
  }

  private static List<String[]> mounts(String service) {
    return Stream.of(SERVICES.at("/" + service + "/volumes"))
        .flatMap(each -> each.valueStream())
        .map(mount -> mount.asText().split(":", -1))
        .toList();
  }

  /// With the defaults of variables that the host does not have.
  private static Map<String, String> variables(String service) {
    Map<String, String> variables = new HashMap<>();
    SERVICES
        .at("/" + service + "/environment")
        .properties()
        .forEach(each -> {
          Matcher withDefault = DEFAULT.matcher(each.getValue().asText());
          variables.put(
              each.getKey(),
              withDefault.matches() ? withDefault.group(1) : each.getValue().asText());
        });
    return variables;
  }

  private static Set<String> knownVariables() {
    Matcher names =
        Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)")
            .matcher(text("backend/src/main/resources/application.yml"));
    Set<String> known = new HashSet<>();
    while (names.find()) {
      known.add(names.group(1));
    }
    return known;
  }

  /// Words of a command, with `""` as an empty one.
  private static List<String> words(String command) {
    return Arrays.stream(command.split(" ")).map(word -> word.equals("\"\"") ? "" : word).toList();
  }

  private static JsonNode compose() {
    return yaml(Path.of("compose.yaml"));
  }

  private static JsonNode yaml(Path file) {
    try {
      return new YAMLMapper().readTree(text(file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String file) {
    try {
      return Files.readString(TOP.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

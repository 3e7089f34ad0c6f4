package dev.minimalchat.gateway;

import static java.nio.file.Files.readString;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The alerts and the dashboard in `ops`, checked against the metrics of a gateway after a
/// completed, a failed and a rejected request.
class OperationsIT extends RunningGateway {
  private static final Path REPOSITORY = Path.of("..");

  /// Of `REDIS_URL` and `FALLBACK_MODEL_ID`, which this gateway does not have.
  private static final Set<String> METRICS_OF_OPTIONAL_FEATURES =
      Set.of(
          "redis_up", "resilience4j_circuitbreaker_not_permitted_calls_total{name=\"fallback\"}");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  @BeforeEach
  void produceMetrics() throws Exception {
    answer(
        "Hello",
        call -> {
          call.openStream();
          call.delta("Hello");
          call.event(
              """
              {"type":"response.completed","response":{"usage":\
              {"input_tokens":3,"output_tokens":2,"total_tokens":5}}}\
              """);
          call.endStream();
        });
    answer("Hello again", call -> call.answer("401 Unauthorized", "application/json", "{}"));
    chat(" ").get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void everyAlertQueriesExistingMetrics() throws Exception {
    PrometheusMetrics metrics = new PrometheusMetrics(metrics());

    assertThat(rules())
        .isNotEmpty()
        .allSatisfy(rule ->
            assertThat(metrics.unmatched(rule.path("expr").asText()))
                .as("%s", rule)
                .isSubsetOf(METRICS_OF_OPTIONAL_FEATURES));
  }

  @Test
  void everyAlertLinksToARunbookHeading() throws Exception {
    List<String> anchors =
        HEADING
            .matcher(readString(REPOSITORY.resolve("RUNBOOK.md")))
            .results()
            .map(heading -> "RUNBOOK.md#" + anchor(heading.group(1)))
            .toList();

    assertThat(rules())
        .allSatisfy(rule -> assertThat(anchors).contains(rule.at("/annotations/runbook").asText()));
  }

  @Test
  void everyDashboardPanelQueriesExistingMetrics() throws Exception {
    PrometheusMetrics metrics = new PrometheusMetrics(metrics());
    JsonNode dashboard =
        new JsonMapper().readTree(REPOSITORY.resolve("ops/dashboard.json").toFile());

    assertThat(dashboard.findValuesAsText("expr"))
        .isNotEmpty()
        .allSatisfy(query ->
            assertThat(metrics.unmatched(query))
                .as(query)
                .isSubsetOf(METRICS_OF_OPTIONAL_FEATURES));
  }

  /// Each instance has the tokens of all of them, where they share Redis.
  @Test
  void theDashboardCountsASharedBudgetOnce() throws Exception {
    JsonNode dashboard =
        new JsonMapper().readTree(REPOSITORY.resolve("ops/dashboard.json").toFile());

    assertThat(dashboard.findValuesAsText("expr"))
        .filteredOn(query -> query.matches(".*gateway_budget_(used|limit).*"))
        .hasSize(3)
        .allMatch(query ->
            query.matches(
                ".*max\\((gateway_budget_\\w+)\\) and count\\(redis_up\\) or sum\\(\\1\\).*"));
  }

  /// Prometheus finds the instances by their name, and without any of them it has no target.
  @Test
  void anAlertNoticesThatNoInstanceIsLeft() throws Exception {
    JsonNode scrape =
        new YAMLMapper()
            .readTree(REPOSITORY.resolve("ops/prometheus.yml").toFile())
            .at("/scrape_configs/0");
    String job = scrape.path("job_name").asText();

    assertThat(scrape.path("dns_sd_configs")).hasSize(1); // two would count each instance twice
    assertThat(rules())
        .filteredOn(rule -> rule.path("alert").asText().equals("GatewayDown"))
        .singleElement()
        .satisfies(rule ->
            assertThat(rule.path("expr").asText())
                .contains("up{job=\"%1$s\"} == 0 or absent(up{job=\"%1$s\"})".formatted(job)));
  }

  @Test
  void reportsAnUnknownMetricInAQuery() throws Exception {
    assertThat(
            new PrometheusMetrics(metrics())
                .unmatched("sum by (no_label) (rate(no_such_metric[5m]))"))
        .containsExactly("no_such_metric");
  }

  @Test
  void reportsAnUnknownLabelValueInAQuery() throws Exception {
    String query = "logback_events_total{level=\"fatal\"}";

    assertThat(new PrometheusMetrics(metrics()).unmatched(query)).containsExactly(query);
  }

  private static List<JsonNode> rules() throws Exception {
    JsonNode file = new YAMLMapper().readTree(REPOSITORY.resolve("ops/alerts.yml").toFile());
    return file.at("/groups/0/rules").valueStream().toList();
  }

  private void answer(String question, Consumer<Call> provider) throws Exception {
    var answer = chat(question);
    provider.accept(PROVIDER.take());
    answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
  }

  /// The anchor that GitHub generates for a heading.
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
  }
}

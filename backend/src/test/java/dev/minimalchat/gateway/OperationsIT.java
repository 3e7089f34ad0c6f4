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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The alerts and the dashboard in `ops`, against what a gateway measures that has answered, failed
/// and refused.
class OperationsIT extends WholeGateway {
  private static final Path TOP = Path.of("..");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  @BeforeEach
  void haveSomethingToMeasure() throws Exception {
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
  void everyAlertAsksForWhatIsMeasured() throws Exception {
    Metrics metrics = new Metrics(metrics());

    assertThat(rules())
        .isNotEmpty()
        .allSatisfy(rule ->
            assertThat(metrics.unknown(rule.path("expr").asText())).as("%s", rule).isEmpty());
  }

  @Test
  void everyAlertNamesAHeadingOfTheRunbook() throws Exception {
    List<String> anchors =
        HEADING
            .matcher(readString(TOP.resolve("RUNBOOK.md")))
            .results()
            .map(heading -> "RUNBOOK.md#" + anchor(heading.group(1)))
            .toList();

    assertThat(rules())
        .allSatisfy(rule -> assertThat(anchors).contains(rule.at("/annotations/runbook").asText()));
  }

  @Test
  void everyPanelShowsWhatIsMeasured() throws Exception {
    Metrics metrics = new Metrics(metrics());
    JsonNode dashboard = new JsonMapper().readTree(TOP.resolve("ops/dashboard.json").toFile());

    assertThat(dashboard.findValuesAsText("expr"))
        .isNotEmpty()
        .allSatisfy(query -> assertThat(metrics.unknown(query)).as(query).isEmpty());
  }

  @Test
  void noticesAMetricThatIsNotMeasured() throws Exception {
    assertThat(new Metrics(metrics()).unknown("sum by (no_label) (rate(no_such_metric[5m]))"))
        .containsExactly("no_such_metric");
  }

  @Test
  void noticesALabelThatNothingHas() throws Exception {
    String query = "logback_events_total{level=\"fatal\"}";

    assertThat(new Metrics(metrics()).unknown(query)).containsExactly(query);
  }

  private static List<JsonNode> rules() throws Exception {
    JsonNode file = new YAMLMapper().readTree(TOP.resolve("ops/alerts.yml").toFile());
    return file.at("/groups/0/rules").valueStream().toList();
  }

  private void answer(String question, Consumer<Call> provider) throws Exception {
    var answer = chat(question);
    provider.accept(PROVIDER.take());
    answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
  }

  /// As GitHub makes it.
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
  }
}

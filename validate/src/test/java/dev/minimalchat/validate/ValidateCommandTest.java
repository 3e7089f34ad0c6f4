package dev.minimalchat.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.validate.FakeDeployment.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
  private Duration limit = Duration.ofSeconds(60);
  @TempDir private Path directory;

  @Test
  void passesACorrectDeployment() throws Exception {
    int code =
        validate(
            Fault.NONE,
            "--preview",
            FakeDeployment.PREVIEW,
            "--previous-token",
            FakeDeployment.PREVIOUS_TOKEN);

    assertThat(code).as(printed()).isZero();
    assertThat(printed()).contains("2 skipped", "plain http").doesNotContain("failed  ");
  }

  @Test
  void passesADeploymentWithAnAccessCode() throws Exception {
    int code = validate(Fault.ACCESS_CODE, "--access-code", FakeDeployment.CODE);

    assertThat(code).as(printed()).isZero();
    assertThat(printed()).contains("401 access_code_required").doesNotContain("canary");
  }

  @Test
  void passesAPageThatOtherSitesEmbed() throws Exception {
    assertThat(validate(Fault.EMBEDDED)).as(printed()).isZero();
  }

  /// A provider that sends many events at once is no fault of the deployment.
  @Test
  void passesAProviderThatSendsBlocks() throws Exception {
    assertThat(validate(Fault.PROVIDER_BLOCKS)).as(printed()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STALLED | first token arrives in time",
        "STALLED | answer is streamed incrementally",
        "STALLED_PAGE | page loads"
      })
  void failsTheCheckThatWouldWaitForEver(Fault fault, String check) throws Exception {
    limit = Duration.ofMillis(500);

    int code = validate(fault, "--token", FakeDeployment.TOKEN, "--json");

    assertThat(code).isEqualTo(1);
    assertThat(failed()).contains(check);
    assertThat(printed())
        .contains(fault == Fault.STALLED ? "nothing arrived for" : "no complete response within");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sk-canary\n", "sk-canary\r", "sk-\u0000canary", "\"sk-canary\"", " canary"})
  void refusesASecretThatNoHeaderCanHaveWithoutItsValue(String secret) {
    for (String option : List.of("--token", "--previous-token", "--access-code")) {
      out.reset();
      progress.reset();

      int code =
          run(
              List.of(
                  "--gateway",
                  "http://127.0.0.1:1",
                  "--page",
                  "http://127.0.0.1:1",
                  option,
                  secret));

      assertThat(code).isEqualTo(2);
      assertThat(progress.toString(UTF_8).lines()).first().asString().contains(option);
      assertThat(printed() + progress.toString(UTF_8)).doesNotContain("canary", "Exception");
    }
  }

  @Test
  void neverPrintsATokenOfThePageThatNoHeaderCanHave() throws Exception {
    Path evidence = directory.resolve("evidence.md");

    int code = validate(Fault.UNREADABLE_TOKEN, "--evidence", evidence.toString());

    assertThat(code).isEqualTo(1);
    assertThat(printed() + progress.toString(UTF_8) + Files.readString(evidence))
        .contains("the gatewayToken of config.json")
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BLOCKS | answer is streamed incrementally",
        "HALF_AT_ONCE | answer is streamed incrementally",
        "COMPRESSED | answer is streamed incrementally",
        "UNHEALTHY | gateway reports healthy",
        "HEALTH_WITHOUT_CORS | gateway reports healthy",
        "PAGE_ORIGIN_FORBIDDEN | page origin is allowed",
        "WILDCARD_ORIGIN | page origin is allowed",
        "EVERY_ORIGIN_ALLOWED | foreign origin is rejected",
        "NO_AUTHENTICATION | missing token is rejected, readable by the page",
        "NO_AUTHENTICATION | wrong token is rejected",
        "ERROR_WITHOUT_CORS | missing token is rejected, readable by the page",
        "STACK_TRACE | errors are JSON without internals",
        "PUBLIC_ACTUATOR | actuator is not public",
        "BUFFERED | answer is streamed incrementally",
        "TRUNCATED | first token arrives in time",
        "ERROR_EVENT | ten short prompts are answered in time",
        "CACHEABLE_STREAM | first token arrives in time",
        "SLOW | first token arrives in time",
        "NO_PAGE | page loads",
        "FRAMEABLE | page has security headers",
        "OTHER_FRAME | page has security headers",
        "POLICY_OF_ANOTHER_GATEWAY | page connects to the gateway only",
        "NO_POLICY | page connects to the gateway only",
        "CONFIG_OF_ANOTHER_GATEWAY | config.json points to the gateway",
        "OTHER_TOKEN | config.json points to the gateway",
        "CACHEABLE_CONFIG | config.json points to the gateway"
      })
  void failsTheCheckOfTheFault(Fault fault, String check) throws Exception {
    int code = validate(fault, "--token", FakeDeployment.TOKEN, "--json");

    assertThat(code).isEqualTo(1);
    assertThat(failed()).contains(check);
  }

  @Test
  void failsOnlyTheAnswersWithAWrongToken() throws Exception {
    int code = validate(Fault.NONE, "--token", "wrong", "--json");

    assertThat(code).isEqualTo(1);
    assertThat(failed())
        .contains("first token arrives in time")
        .doesNotContain("wrong token is rejected");
  }

  @Test
  void waitsForTheRetryAfterOfTheRateLimit() throws Exception {
    int code = validate(Fault.RATE_LIMITED_ONCE);

    assertThat(code).as(printed()).isZero();
    assertThat(progress.toString(UTF_8)).contains("waiting 1 s");
  }

  @Test
  void writesTheEvidenceAndTheTimes() throws Exception {
    Path evidence = directory.resolve("evidence.md");
    Path csv = directory.resolve("times.csv");

    validate(Fault.NONE, "--evidence", evidence.toString(), "--csv", csv.toString());

    assertThat(Files.readString(evidence)).contains("| page loads | passed |");
    assertThat(Files.readAllLines(csv)).hasSize(11).last().asString().matches("10,\\d+,\\d+,8");
  }

  @Test
  void neverPrintsAToken() throws Exception {
    validate(
        Fault.NO_AUTHENTICATION,
        "--token",
        FakeDeployment.TOKEN,
        "--previous-token",
        FakeDeployment.PREVIOUS_TOKEN);
    validate(Fault.TRUNCATED, "--json");

    assertThat(printed() + progress.toString(UTF_8)).doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--gateway https://api.example.com",
        "--gateway https://api.example.com --page",
        "--gateway api.example.com --page https://www.example.com",
        "--gateway https://api.example.com --page https://www.example.com/chat",
        "--gateway http://my_gateway:8000 --page https://www.example.com",
        "--gateway https://a%zz.example --page https://www.example.com",
        "--gateway https://api.example.com --page https://www.example.com --fast"
      })
  void rejectsInvalidOptionsWithTheUsage(String arguments) {
    List<String> options = arguments.isEmpty() ? List.of() : List.of(arguments.split(" ", -1));

    assertThat(run(options)).isEqualTo(2);

    assertThat(progress.toString(UTF_8)).contains("Usage: java -jar validate.jar");
    assertThat(printed()).isEmpty();
  }

  @Test
  void printsTheUsageOnHelp() {
    assertThat(run(List.of("--help"))).isZero();
    assertThat(printed()).contains("--previous-token");
  }

  private int validate(Fault fault, String... options) throws Exception {
    try (FakeDeployment deployment = new FakeDeployment(fault)) {
      List<String> arguments = new ArrayList<>(List.of("--gateway", deployment.gateway()));
      arguments.addAll(List.of("--page", deployment.page()));
      arguments.addAll(List.of(options));
      return run(arguments);
    }
  }

  private int run(List<String> arguments) {
    return new ValidateCommand(
            new PrintStream(out, true, UTF_8),
            new PrintStream(progress, true, UTF_8),
            Clock.systemUTC(),
            limit)
        .execute(arguments.toArray(String[]::new));
  }

  private List<String> failed() throws Exception {
    JsonNode checks = new JsonMapper().readTree(printed()).path("checks");
    return StreamSupport.stream(checks.spliterator(), false)
        .filter(it -> it.path("outcome").asText().equals("failed"))
        .map(it -> it.path("check").asText())
        .toList();
  }

  private String printed() {
    return out.toString(UTF_8);
  }
}

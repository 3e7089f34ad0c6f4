package dev.minimalchat.gateway.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.validate.FakePair.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
  @TempDir private Path directory;

  @Test
  void passesAPairThatIsAsItShouldBe() throws Exception {
    int code =
        validate(Fault.NONE, "--preview", FakePair.PREVIEW, "--previous-token", FakePair.PREVIOUS);

    assertThat(code).as(printed()).isZero();
    assertThat(printed()).contains("2 skipped", "plain http").doesNotContain("failed  ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNWELL            | the gateway says that it is well",
        "PAGE_NOT_LET_IN   | the page’s origin is let in",
        "ANY_ORIGIN        | the page’s origin is let in",
        "STRANGERS         | a stranger’s origin is refused",
        "OPEN              | no token is refused, and the page can read why",
        "OPEN              | a wrong token is refused",
        "UNREADABLE_REFUSAL| no token is refused, and the page can read why",
        "STACK             | a mistake is answered in JSON that shows no insides",
        "PUBLIC_ACTUATOR   | the actuator is not public",
        "BUFFERED          | the text comes as it is written, not at the end",
        "CUT               | the first answer begins in time",
        "FAILS_INSIDE      | ten short prompts are answered in time",
        "CACHED_STREAM     | the first answer begins in time",
        "LATE              | the first answer begins in time",
        "NO_PAGE           | the page loads",
        "FRAMED            | its headers keep it safe",
        "POLICY_OF_ANOTHER | its policy lets it connect to the gateway and nowhere else",
        "NO_POLICY         | its policy lets it connect to the gateway and nowhere else",
        "CONFIG_OF_ANOTHER | its config.json points to the gateway",
        "OTHER_TOKEN       | its config.json points to the gateway",
        "CACHED_CONFIG     | its config.json points to the gateway"
      })
  void failsWhatIsNotAsItShouldBe(Fault fault, String check) throws Exception {
    int code = validate(fault, "--token", FakePair.TOKEN, "--json");

    assertThat(code).isEqualTo(1);
    assertThat(failed()).contains(check);
  }

  @Test
  void failsAWrongTokenAndNothingElseThanAnswers() throws Exception {
    int code = validate(Fault.NONE, "--token", "wrong", "--json");

    assertThat(code).isEqualTo(1);
    assertThat(failed())
        .contains("the first answer begins in time")
        .doesNotContain("a wrong token is refused");
  }

  @Test
  void waitsWhereTheGatewaySaysSo() throws Exception {
    int code = validate(Fault.BUSY_ONCE);

    assertThat(code).as(printed()).isZero();
    assertThat(progress.toString(UTF_8)).contains("waiting 1 s");
  }

  @Test
  void keepsWhatItSawInFiles() throws Exception {
    Path evidence = directory.resolve("evidence.md");
    Path csv = directory.resolve("times.csv");

    validate(Fault.NONE, "--evidence", evidence.toString(), "--csv", csv.toString());

    assertThat(Files.readString(evidence)).contains("| the page loads | passed |");
    assertThat(Files.readAllLines(csv)).hasSize(11).last().asString().matches("10,\\d+,\\d+,8");
  }

  @Test
  void neverShowsAToken() throws Exception {
    validate(Fault.OPEN, "--token", FakePair.TOKEN, "--previous-token", FakePair.PREVIOUS);
    validate(Fault.CUT, "--json");

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
        "--gateway https://api.example.com --page https://www.example.com --fast"
      })
  void saysHowItIsUsedWhereItIsUsedWrongly(String arguments) {
    List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split(" ", -1));

    assertThat(run(words)).isEqualTo(2);

    assertThat(progress.toString(UTF_8)).contains("java -jar gateway.jar validate");
    assertThat(printed()).isEmpty();
  }

  @Test
  void saysHowItIsUsedWhereThatIsAsked() {
    assertThat(run(List.of("--help"))).isZero();
    assertThat(printed()).contains("--previous-token");
  }

  private int validate(Fault fault, String... options) throws Exception {
    try (FakePair pair = new FakePair(fault)) {
      List<String> arguments = new ArrayList<>(List.of("--gateway", pair.gateway()));
      arguments.addAll(List.of("--page", pair.page()));
      arguments.addAll(List.of(options));
      return run(arguments);
    }
  }

  private int run(List<String> arguments) {
    return new Validate(
            new PrintStream(out, true, UTF_8),
            new PrintStream(progress, true, UTF_8),
            Clock.systemUTC())
        .run(arguments);
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

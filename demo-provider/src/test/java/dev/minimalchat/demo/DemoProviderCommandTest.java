package dev.minimalchat.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoProviderCommandTest {
  private final StringWriter errors = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "--speed=0, --speed is not 1 or more",
    "--speed=-1, --speed is not 1 or more",
    "--port=65536, --port is not a port",
    "--port=-1, --port is not a port"
  })
  void refusesAnOptionThatCannotWork(String option, String problem) {
    int code =
        DemoProviderCommand.commandLine().setErr(new PrintWriter(errors, true)).execute(option);

    assertThat(code).isEqualTo(2);
    assertThat(errors.toString().lines()).first().isEqualTo(problem);
    assertThat(errors.toString()).doesNotContain("Exception");
  }
}

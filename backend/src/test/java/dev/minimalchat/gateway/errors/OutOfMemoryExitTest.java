package dev.minimalchat.gateway.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.minimalchat.gateway.TestTimeouts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutOfMemoryExitTest {

  @ParameterizedTest
  @CsvSource({"platform, 3", "virtual, 3", "caught, 3", "other, 0"})
  void endsTheProcessOnOutOfMemoryOnly(String where, int exitCode) throws Exception {
    assertThat(exitCode(where)).isEqualTo(exitCode);
  }

  @Test
  void hasNoEffectUnlessTheMainClassEnablesIt() {
    assertThatCode(() -> OutOfMemoryExit.check(new OutOfMemoryError())).doesNotThrowAnyException();
  }

  private static int exitCode(String argument) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                argument)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(TestTimeouts.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /// A process that exits with 0 unless it is ended.
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws InterruptedException {
      OutOfMemoryExit.enable();
      Runnable exhausted =
          () -> {
            throw new OutOfMemoryError();
          };
      switch (arguments[0]) {
        case "platform" -> Thread.ofPlatform().start(exhausted).join();
        case "virtual" -> Thread.ofVirtual().start(exhausted).join();
        case "caught" -> OutOfMemoryExit.check(new IllegalStateException(new OutOfMemoryError()));
        default ->
            Thread.ofVirtual()
                .start(() -> {
                  throw new IllegalStateException();
                })
                .join();
      }
    }
  }
}

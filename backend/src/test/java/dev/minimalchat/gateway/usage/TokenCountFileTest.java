package dev.minimalchat.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.usage.TokenCountFile.DayCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TokenCountFileTest {
  private static final LocalDate DAY = LocalDate.of(2027, 1, 15);

  @TempDir private Path directory;

  @Test
  void readsTheCountThatWasWritten() {
    file().write(DAY, 1234);

    assertThat(file().read()).contains(new DayCount(DAY, 1234));
  }

  @Test
  void writeReplacesThePreviousCountAndLeavesNoTemporaryFile() {
    file().write(DAY, 1);
    file().write(DAY, 2);

    assertThat(file().read()).contains(new DayCount(DAY, 2));
    assertThat(directory).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aMissingFileIsNoCountWithoutAWarning(CapturedOutput output) {
    assertThat(file().read()).isEmpty();

    assertThat(output).doesNotContain("cannot read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2027-01-15",
        "2027-01-15 many",
        "2027-01-15 1 2",
        "2027-01-15 99999999999999999999",
        "yesterday 5",
        "\0\0\0"
      })
  void damagedContentIsNoCountWithOneWarning(String content, CapturedOutput output)
      throws IOException {
    Files.writeString(directory.resolve("tokens-today"), content);

    assertThat(file().read()).isEmpty();

    assertThat(output).containsOnlyOnce("cannot read").contains("starts at 0");
  }

  @Test
  void invalidUtf8IsNoCountWithOneWarning(CapturedOutput output) throws IOException {
    Files.write(directory.resolve("tokens-today"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThat(file().read()).isEmpty();

    assertThat(output).containsOnlyOnce("cannot read");
  }

  @Test
  void aNegativeCountIsZero() throws IOException {
    Files.writeString(directory.resolve("tokens-today"), "2027-01-15 -5");

    assertThat(file().read()).contains(new DayCount(DAY, 0));
  }

  @Test
  void aTrailingLineEndIsIgnored() throws IOException {
    Files.writeString(directory.resolve("tokens-today"), "2027-01-15 5\n");

    assertThat(file().read()).contains(new DayCount(DAY, 5));
  }

  @Test
  void aFileThatCannotBeReadIsNoCountWithOneWarning(CapturedOutput output) throws IOException {
    Files.createDirectory(directory.resolve("tokens-today"));

    assertThat(file().read()).isEmpty();

    assertThat(output).containsOnlyOnce("cannot read");
  }

  @Test
  void aDirectoryThatCannotBeWrittenCausesOneWarning(CapturedOutput output) {
    new TokenCountFile(directory.resolve("missing")).write(DAY, 5);

    assertThat(output).containsOnlyOnce("cannot write the token count");
  }

  private TokenCountFile file() {
    return new TokenCountFile(directory);
  }
}

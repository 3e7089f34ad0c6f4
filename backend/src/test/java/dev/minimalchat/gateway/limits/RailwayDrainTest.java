package dev.minimalchat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.limits.RailwayDrain.Railway;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// A drain of 25 s needs 30 s on Railway.
@ExtendWith(OutputCaptureExtension.class)
class RailwayDrainTest {
  private static final String WARNING = "RAILWAY_DEPLOYMENT_DRAINING_SECONDS is less than 30";

  @ParameterizedTest
  @CsvSource({"production, 0", "production, 29"})
  void warnsIfRailwayWaitsTooShort(String environment, int seconds, CapturedOutput output) {
    check(environment, seconds);

    assertThat(output).contains(WARNING);
  }

  @ParameterizedTest
  @CsvSource({"production, 30", "production, 35", ", 0", "'', 0"})
  void isSilentOtherwise(@Nullable String environment, int seconds, CapturedOutput output) {
    check(environment, seconds);

    assertThat(output).doesNotContain("RAILWAY");
  }

  private static void check(@Nullable String environment, int seconds) {
    new RailwayDrain(
            TestLimits.streams(1, 1, Duration.ofSeconds(25)), new Railway(environment, seconds))
        .check();
  }
}

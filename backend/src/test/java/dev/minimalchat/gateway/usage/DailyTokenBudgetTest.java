package dev.minimalchat.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DailyTokenBudgetTest {
  private static final Duration UNTIL_MIDNIGHT = Duration.ofHours(16);

  private final FakeScheduler scheduler = new FakeScheduler(); // starts at 08:00 UTC
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path directory;

  @Test
  void allowsRequestsWhileTokensRemain() {
    DailyTokenBudget budget = budget(100L);
    budget.add(99);

    assertThatCode(budget::checkAvailable).doesNotThrowAnyException();
  }

  @Test
  void rejectsRequestsUntilMidnightUtcWhenExhausted() {
    DailyTokenBudget budget = budget(100L);
    budget.add(100);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(budget::checkAvailable)
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo(ErrorCode.OVERLOADED);
          assertThat(failure.retryAfter()).contains(UNTIL_MIDNIGHT);
          assertThat(failure).hasMessageContaining("2027-01-16T00:00:00Z");
        });
  }

  @Test
  void resetsAtMidnightUtc() {
    DailyTokenBudget budget = budget(100L);
    budget.add(100);
    scheduler.advance(UNTIL_MIDNIGHT.minusMillis(1));
    assertThatExceptionOfType(Failure.class).isThrownBy(budget::checkAvailable);

    scheduler.advance(Duration.ofMillis(1));

    assertThatCode(budget::checkAvailable).doesNotThrowAnyException();
    assertThat(gauge("gateway.budget.used")).isZero();
  }

  @Test
  void isUnlimitedByDefault() {
    DailyTokenBudget budget = budget(null);
    budget.add(Long.MAX_VALUE / 2);

    assertThatCode(budget::checkAvailable).doesNotThrowAnyException();
    assertThat(gauge("gateway.budget.limit")).isInfinite();
  }

  @Test
  void warnsOncePerDayAt80PercentAndOnceAt100Percent(CapturedOutput output) {
    DailyTokenBudget budget = budget(100L);
    budget.add(79);
    assertThat(output).doesNotContain("DAILY_TOKEN_BUDGET");
    budget.add(1);
    budget.add(5);
    assertThat(output).containsOnlyOnce("80 % of DAILY_TOKEN_BUDGET is used");
    budget.add(15);
    budget.add(15);
    assertThat(output).containsOnlyOnce("100 % of DAILY_TOKEN_BUDGET is used");

    scheduler.advance(UNTIL_MIDNIGHT);
    budget.add(85);

    assertThat(output.getAll().split("80 % of")).hasSize(3);
  }

  @Test
  void countsConcurrentAnswers() {
    DailyTokenBudget budget = budget(1_000_000L);

    IntStream.range(0, 10_000).parallel().forEach(_ -> budget.add(3));

    assertThat(gauge("gateway.budget.used")).isEqualTo(30_000);
    assertThat(gauge("gateway.budget.limit")).isEqualTo(1_000_000);
  }

  @Test
  void restoresTheCountAfterARestart() {
    budget(100L).add(60);
    scheduler.advance(Duration.ofSeconds(1));

    DailyTokenBudget restarted = budget(100L);
    restarted.add(40);

    assertThatExceptionOfType(Failure.class).isThrownBy(restarted::checkAvailable);
  }

  @Test
  void savesTheCountOnShutdown() {
    DailyTokenBudget budget = budget(100L);
    budget.add(100);

    budget.save();

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget(100L).checkAvailable());
    assertThat(directory).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void schedulesOneSaveForManyAnswers() {
    DailyTokenBudget budget = budget(100L);

    IntStream.range(0, 50).forEach(_ -> budget.add(1));

    assertThat(scheduler.pending()).isOne();
  }

  @Test
  void ignoresTheSavedCountOfAnotherDay() {
    budget(100L).add(100);
    scheduler.advance(Duration.ofDays(1));

    assertThatCode(() -> budget(100L).checkAvailable()).doesNotThrowAnyException();
  }

  @Test
  void enforcesTheLimitWhenTheFileCannotBeWritten(CapturedOutput output) throws Exception {
    DailyTokenBudget budget = budget(100L);
    Files.createDirectory(directory.resolve("tokens-today.new"));

    budget.add(100);
    budget.save();

    assertThat(output).containsOnlyOnce("cannot write the token count");
    assertThatExceptionOfType(Failure.class).isThrownBy(budget::checkAvailable);
  }

  private DailyTokenBudget budget(@Nullable Long tokens) {
    return new DailyTokenBudget(
        new BudgetProperties(tokens, directory), meters, scheduler.getClock(), scheduler);
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }
}

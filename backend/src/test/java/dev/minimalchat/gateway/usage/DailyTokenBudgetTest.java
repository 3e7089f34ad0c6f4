package dev.minimalchat.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.usage.DailyTokenBudget.Reservation;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// The budget of one instance.
@ExtendWith(OutputCaptureExtension.class)
class DailyTokenBudgetTest extends DailyTokenBudgetFixture {
  @Test
  void allowsRequestsWhileTokensRemain() {
    DailyTokenBudget budget = budget(100L);
    spend(budget, 99);

    assertThatCode(() -> budget.reserve(1)).doesNotThrowAnyException();
  }

  @Test
  void rejectsRequestsUntilMidnightUtcWhenExhausted() {
    DailyTokenBudget budget = budget(100L);
    spend(budget, 100);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> budget.reserve(1))
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo(ErrorCode.OVERLOADED);
          assertThat(failure.retryAfter()).contains(UNTIL_MIDNIGHT);
          assertThat(failure).hasMessageContaining("2027-01-16T00:00:00Z");
        });
  }

  @Test
  void resetsAtMidnightUtc() {
    DailyTokenBudget budget = budget(100L);
    spend(budget, 100);
    scheduler.advance(UNTIL_MIDNIGHT.minusMillis(1));
    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget.reserve(1));

    scheduler.advance(Duration.ofMillis(1));

    assertThatCode(() -> budget.reserve(1)).doesNotThrowAnyException();
    assertThat(gauge("gateway.budget.used")).isZero();
  }

  @Test
  void isUnlimitedByDefault() {
    DailyTokenBudget budget = budget(null);
    spend(budget, Long.MAX_VALUE / 2);

    assertThatCode(() -> budget.reserve(1)).doesNotThrowAnyException();
    assertThat(gauge("gateway.budget.limit")).isInfinite();
  }

  @Test
  void warnsOncePerDayAt80PercentAndOnceAt100Percent(CapturedOutput output) {
    DailyTokenBudget budget = budget(100L);
    spend(budget, 79);
    assertThat(output).doesNotContain("DAILY_TOKEN_BUDGET");
    spend(budget, 1);
    spend(budget, 5);
    assertThat(output).containsOnlyOnce("80 % of DAILY_TOKEN_BUDGET is used");
    spend(budget, 15);
    spend(budget, 15);
    assertThat(output).containsOnlyOnce("100 % of DAILY_TOKEN_BUDGET is used");

    scheduler.advance(UNTIL_MIDNIGHT);
    spend(budget, 85);

    assertThat(output.getAll().split("80 % of")).hasSize(3);
  }

  @Test
  void countsConcurrentAnswers() {
    DailyTokenBudget budget = budget(1_000_000L);

    IntStream.range(0, 10_000).parallel().forEach(_ -> spend(budget, 3));

    assertThat(gauge("gateway.budget.used")).isEqualTo(30_000);
    assertThat(gauge("gateway.budget.limit")).isEqualTo(1_000_000);
  }

  @Test
  void restoresTheCountAfterARestart() {
    spend(budget(100L), 60);
    scheduler.advance(Duration.ofSeconds(1));

    DailyTokenBudget restarted = budget(100L);
    spend(restarted, 40);

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> restarted.reserve(1));
  }

  @Test
  void savesTheCountOnShutdown() {
    DailyTokenBudget budget = budget(100L);
    spend(budget, 100);

    budget.saveAndReport();

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget(100L).reserve(1));
    assertThat(directory).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void schedulesOneSaveForManyAnswers() {
    DailyTokenBudget budget = budget(100L);

    IntStream.range(0, 50).forEach(_ -> spend(budget, 1));

    assertThat(scheduler.pending()).isOne();
  }

  @Test
  void ignoresTheSavedCountOfAnotherDay() {
    spend(budget(100L), 100);
    scheduler.advance(Duration.ofDays(1));

    assertThatCode(() -> budget(100L).reserve(1)).doesNotThrowAnyException();
  }

  @Test
  void enforcesTheLimitWhenTheFileCannotBeWritten(CapturedOutput output) throws Exception {
    DailyTokenBudget budget = budget(100L);
    Files.createDirectory(directory.resolve("tokens-today.new"));

    spend(budget, 100);
    budget.saveAndReport();

    assertThat(output).containsOnlyOnce("cannot write the token count");
    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget.reserve(1));
  }

  @Test
  void oneQuestionOfAnySizePassesAnUnspentDay() {
    DailyTokenBudget budget = budget(1L);

    budget.reserve(1_000_000);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> budget.reserve(1))
        .withMessage("DAILY_TOKEN_BUDGET is reserved by running answers")
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo(ErrorCode.OVERLOADED);
          assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5));
        });
    assertThat(gauge("gateway.budget.reserved")).isEqualTo(1_000_000);
  }

  @Test
  void settlingReplacesTheReservationOnce() {
    DailyTokenBudget budget = budget(100L);
    Reservation reservation = budget.reserve(99);

    reservation.settle(30);
    reservation.settle(30);

    assertThat(gauge("gateway.budget.reserved")).isZero();
    assertThat(gauge("gateway.budget.used")).isEqualTo(30);
  }

  @Test
  void aCrowdCannotPassTheBudget() throws Exception {
    DailyTokenBudget budget = budget(1_000L);
    CyclicBarrier start = new CyclicBarrier(60);
    Callable<Reservation> question =
        () -> {
          start.await();
          return budget.reserve(1_000);
        };

    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(crowd.invokeAll(Collections.nCopies(60, question)))
          .filteredOn(asked -> asked.state() == Future.State.SUCCESS)
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void aNegativeCountLowersNothing(long tokens) {
    DailyTokenBudget budget = budget(100L);
    spend(budget, 60);

    budget.reserve(tokens).settle(tokens);

    assertThat(gauge("gateway.budget.used")).isEqualTo(60);
    assertThat(gauge("gateway.budget.reserved")).isZero();
  }

  @Test
  void theCountCannotOverflow() {
    DailyTokenBudget budget = budget(100L);
    spend(budget, Long.MAX_VALUE);
    spend(budget, Long.MAX_VALUE);

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget.reserve(1));
    assertThat(gauge("gateway.budget.used")).isEqualTo((double) Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"P1D, P0D", "-P1D, P0D", "P3650D, P0D", "P1D, -P1D", "-P1D, P1D"})
  void aChangeOfTheComputersClockBackAndForthForgetsNoToken(Duration change, Duration next) {
    DailyTokenBudget budget = budget(100L);
    spend(budget, 60);
    scheduler.changeComputerClock(change);
    spend(budget, 10);
    scheduler.changeComputerClock(next);
    spend(budget, 10);
    scheduler.changeComputerClock(Duration.ZERO);
    spend(budget, 20);

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget.reserve(1));
  }

  @Test
  void aStepBackOfTheComputersClockResetsNothing() {
    DailyTokenBudget budget = budget(100L);
    spend(budget, 100);

    scheduler.changeComputerClock(Duration.ofDays(-1));

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget.reserve(1));
    assertThatExceptionOfType(Failure.class)
        .as("after a restart")
        .isThrownBy(() -> {
          budget.saveAndReport();
          budget(100L).reserve(1);
        });
  }

  @Test
  void resetsAtMidnightAfterAWrongClockWasSetRight() {
    scheduler.changeComputerClock(Duration.ofDays(3650));
    DailyTokenBudget budget = budget(100L);
    spend(budget, 100);
    scheduler.changeComputerClock(Duration.ZERO);
    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget.reserve(1));

    scheduler.advance(UNTIL_MIDNIGHT);

    assertThatCode(() -> budget.reserve(1)).doesNotThrowAnyException();
  }
}

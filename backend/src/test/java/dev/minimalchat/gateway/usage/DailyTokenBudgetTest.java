package dev.minimalchat.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DailyTokenBudgetTest {
  private static final Duration UNTIL_MIDNIGHT = Duration.ofHours(16);

  private final FakeScheduler time = new FakeScheduler(); // begins at eight in the morning
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @AutoClose private final UsageLines lines = new UsageLines();
  @TempDir private Path directory;

  @Test
  void admitsWhileThereAreTokensLeft() {
    DailyTokenBudget budget = budget(100L);
    budget.add(99);

    assertThatCode(budget::checkAvailable).doesNotThrowAnyException();
  }

  @Test
  void refusesUntilMidnightWhenTheyAreSpent() {
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
  void beginsAnewAtMidnight() {
    DailyTokenBudget budget = budget(100L);
    budget.add(100);
    time.advance(UNTIL_MIDNIGHT.minusMillis(1));
    assertThatExceptionOfType(Failure.class).isThrownBy(budget::checkAvailable);

    time.advance(Duration.ofMillis(1));

    assertThatCode(budget::checkAvailable).doesNotThrowAnyException();
    assertThat(gauge("gateway.budget.used")).isZero();
  }

  @Test
  void hasNoEndWhereNoneIsSet() {
    DailyTokenBudget budget = budget(null);
    budget.add(Long.MAX_VALUE / 2);

    assertThatCode(budget::checkAvailable).doesNotThrowAnyException();
    assertThat(gauge("gateway.budget.limit")).isInfinite();
  }

  @Test
  void isWarnedOfOnceADayAtEightyPercentAndOnceAtTheEnd(CapturedOutput output) {
    DailyTokenBudget budget = budget(100L);
    budget.add(79);
    assertThat(output).doesNotContain("DAILY_TOKEN_BUDGET");
    budget.add(1);
    budget.add(5);
    assertThat(output).containsOnlyOnce("80 % of DAILY_TOKEN_BUDGET is used");
    budget.add(15);
    budget.add(15);
    assertThat(output).containsOnlyOnce("100 % of DAILY_TOKEN_BUDGET is used");

    time.advance(UNTIL_MIDNIGHT);
    budget.add(85);

    assertThat(output.getAll().split("80 % of")).hasSize(3);
  }

  @Test
  void losesNothingOfWhatIsSpentAtOnce() {
    DailyTokenBudget budget = budget(1_000_000L);

    IntStream.range(0, 10_000).parallel().forEach(_ -> budget.add(3));

    assertThat(gauge("gateway.budget.used")).isEqualTo(30_000);
    assertThat(gauge("gateway.budget.limit")).isEqualTo(1_000_000);
  }

  @Test
  void countsWhatTheProviderCounted() {
    settle(Outcome.COMPLETED, new UpstreamEvent.Completed(new Usage(3, 0, 4, 0, 7)));

    assertThat(gauge("gateway.budget.used")).isEqualTo(7);
  }

  @Test
  void countsAnExplicitZeroAsZero() {
    settle(Outcome.COMPLETED, new UpstreamEvent.Completed(new Usage(0, 0, 0, 0, 0)));

    assertThat(gauge("gateway.budget.used")).isZero();
  }

  @Test
  void estimatesAnAnswerThatWasLeftBeforeItWasCounted() {
    settle(Outcome.CLIENT_CLOSED, new UpstreamEvent.TextDelta("Ten letter"));

    assertThat(gauge("gateway.budget.used")).isEqualTo(10);
  }

  @Test
  void estimatesAQuestionThatWasLeftBeforeItsAnswer() {
    settle(Outcome.CLIENT_CLOSED);

    assertThat(gauge("gateway.budget.used")).isEqualTo(5);
  }

  @Test
  void isNotChargedForAQuestionTheProviderRefused() {
    settle(Outcome.FAILED);

    assertThat(gauge("gateway.budget.used")).isZero();
  }

  @Test
  void outlivesARestart() {
    budget(100L).add(60);
    time.advance(Duration.ofSeconds(1));

    DailyTokenBudget next = budget(100L);
    next.add(40);

    assertThatExceptionOfType(Failure.class).isThrownBy(next::checkAvailable);
  }

  @Test
  void isKeptWhenTheGatewayStops() {
    DailyTokenBudget budget = budget(100L);
    budget.add(100);

    budget.save();

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> budget(100L).checkAvailable());
    assertThat(directory).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void isKeptInOneWriteForManyAnswers() {
    DailyTokenBudget budget = budget(100L);

    IntStream.range(0, 50).forEach(_ -> budget.add(1));

    assertThat(time.pending()).isOne();
  }

  @Test
  void isNotThatOfYesterday() {
    budget(100L).add(100);
    time.advance(Duration.ofDays(1));

    assertThatCode(() -> budget(100L).checkAvailable()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2027-01-15", "2027-01-15 many", "yesterday 5", "\0\0\0"})
  void beginsAtNothingWhereTheFileIsOfNoUse(String content, CapturedOutput output)
      throws Exception {
    Files.writeString(directory.resolve("tokens-today"), content);

    assertThatCode(() -> budget(100L).checkAvailable()).doesNotThrowAnyException();

    assertThat(output).containsOnlyOnce("starts at 0");
  }

  @Test
  void goesOnWhereTheFileCannotBeWritten(CapturedOutput output) throws Exception {
    DailyTokenBudget budget = budget(100L);
    Files.createDirectory(directory.resolve("tokens-today.new"));

    budget.add(100);
    budget.save();

    assertThat(output).containsOnlyOnce("cannot write the token count");
    assertThatExceptionOfType(Failure.class).isThrownBy(budget::checkAvailable);
  }

  private void settle(Outcome outcome, UpstreamEvent... events) {
    ChatUsage account = lines.start(budget(1000L));
    for (UpstreamEvent event : events) {
      account.onEvent(event);
    }
    account.finish(outcome, 200, null);
  }

  private DailyTokenBudget budget(@Nullable Long tokens) {
    return new DailyTokenBudget(
        new BudgetProperties(tokens, directory), meters, time.getClock(), time);
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }
}

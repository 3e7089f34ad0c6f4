package dev.minimalchat.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.Failure;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// The budget of an instance that shares its count with others.
@ExtendWith(OutputCaptureExtension.class)
class SharedDailyTokenBudgetTest extends DailyTokenBudgetFixture {

  @Test
  void rejectsWhatOtherInstancesHaveUsed() {
    FakeTokenCount redis = new FakeTokenCount();
    DailyTokenBudget one = shared(redis);
    spend(one, 40);
    redis.others = 59;
    assertThatCode(() -> one.reserve(0)).doesNotThrowAnyException();

    redis.others = 60;

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> one.reserve(1));
    assertThat(gauge("gateway.budget.used")).isEqualTo(100);
  }

  @Test
  void remembersTheOthersWhileTheyCannotBeAsked() {
    FakeTokenCount redis = new FakeTokenCount();
    DailyTokenBudget one = shared(redis);
    redis.others = 70;
    one.reserve(0);
    redis.isDown = true;
    redis.others = 0;
    spend(one, 29);
    assertThatCode(() -> one.reserve(0)).doesNotThrowAnyException();

    spend(one, 1);

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> one.reserve(1));
  }

  @Test
  void aLossOfTheSharedCountResetsNothing() {
    FakeTokenCount redis = new FakeTokenCount();
    DailyTokenBudget one = shared(redis);
    redis.others = 100;
    assertThatExceptionOfType(Failure.class).isThrownBy(() -> one.reserve(1));

    redis.others = 0;

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> one.reserve(1));
  }

  @Test
  void reportsAgainUntilAReportArrives() {
    FakeTokenCount redis = new FakeTokenCount();
    DailyTokenBudget one = shared(redis);
    redis.isDown = true;
    spend(one, 40);
    for (int i = 0; i < 3; i++) {
      scheduler.awaitTimer();
      reportAfterASecond(redis, 1);
    }
    assertThat(redis.days).isEmpty();

    redis.isDown = false;
    scheduler.awaitTimer();
    reportAfterASecond(redis, 1);

    assertThat(redis.days.values()).containsExactly(40L);
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void reportsTheTokensOfYesterdayAfterMidnight() {
    FakeTokenCount redis = new FakeTokenCount();
    DailyTokenBudget one = shared(redis);
    scheduler.advance(UNTIL_MIDNIGHT.minusMillis(500));
    spend(one, 40);

    reportAfterASecond(redis, 2);

    assertThat(redis.days)
        .containsEntry(LocalDate.of(2027, 1, 15), 40L)
        .containsEntry(LocalDate.of(2027, 1, 16), 0L);
    assertThat(gauge("gateway.budget.used")).isZero();
  }

  @Test
  void countsForOtherInstancesWithoutABudget() {
    FakeTokenCount redis = new FakeTokenCount();
    shared = redis;
    DailyTokenBudget unlimited = budget(null);
    unlimited.reserve(1).settle(40);

    reportAfterASecond(redis, 1);

    assertThat(redis.days.values()).containsExactly(40L);
    assertThat(redis.reports.availablePermits()).as("none before an answer").isZero();
  }

  @Test
  void reportsAtTheShutdown() {
    FakeTokenCount redis = new FakeTokenCount();
    DailyTokenBudget one = shared(redis);
    spend(one, 40);

    one.saveAndReport();

    assertThat(redis.days.values()).containsExactly(40L);
  }

  @Test
  void theFileKeepsTheCountOfAllInstances() {
    FakeTokenCount redis = new FakeTokenCount();
    DailyTokenBudget one = shared(redis);
    redis.others = 60;
    one.reserve(0);
    spend(one, 40);
    one.saveAndReport();

    shared = SharedTokenCount.NONE;

    assertThatExceptionOfType(Failure.class)
        .as("after a restart without Redis")
        .isThrownBy(() -> budget(100L).reserve(1));
  }

  @Test
  void theTokensOfARestartedInstanceCountOnce() {
    FakeTokenCount redis = new FakeTokenCount();
    DailyTokenBudget one = shared(redis);
    spend(one, 60);
    one.saveAndReport();
    redis.others = 60; // the tokens of the ended process

    DailyTokenBudget restarted = shared(redis);
    spend(restarted, 39);

    assertThatCode(() -> restarted.reserve(0)).doesNotThrowAnyException();
  }

  @Test
  void warnsWhenTheOthersReachAShare(CapturedOutput output) {
    FakeTokenCount redis = new FakeTokenCount();
    DailyTokenBudget one = shared(redis);
    redis.others = 85;
    one.reserve(0);
    one.reserve(0);

    assertThat(output).containsOnlyOnce("80 % of DAILY_TOKEN_BUDGET is used");
  }
}

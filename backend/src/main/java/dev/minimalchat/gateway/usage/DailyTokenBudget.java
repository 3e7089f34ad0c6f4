package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/// The daily token budget, reset at midnight UTC. Running answers are never cancelled; once it is
/// exhausted no new answer starts.
@Component
class DailyTokenBudget {
  private static final Logger log = LoggerFactory.getLogger(DailyTokenBudget.class);
  private static final double WARNING_SHARE = 0.8;

  /// A crash loses at most the tokens of this time.
  private static final Duration SAVE_DELAY = Duration.ofSeconds(1);

  private final @Nullable Long limit;
  private final @Nullable TokenCountFile file;
  private final Clock clock;
  private final TaskScheduler scheduler;

  private LocalDate day;
  private long used;
  private boolean saveScheduled;

  DailyTokenBudget(
      BudgetProperties budget, MeterRegistry meters, Clock clock, TaskScheduler scheduler) {
    this.limit = budget.dailyTokens();
    this.file = budget.stateDir() == null ? null : new TokenCountFile(budget.stateDir());
    this.clock = clock;
    this.scheduler = scheduler;
    this.day = today();
    this.used = file == null ? 0 : file.read(day);
    Gauge.builder("gateway.budget.used", this, DailyTokenBudget::used)
        .baseUnit("tokens")
        .description("Tokens since midnight UTC; estimated where the provider reports no usage")
        .register(meters);
    Gauge.builder("gateway.budget.limit", this, DailyTokenBudget::limit)
        .baseUnit("tokens")
        .description("DAILY_TOKEN_BUDGET, infinite if unset")
        .register(meters);
  }

  /// @throws Failure if the budget is exhausted, with the time until its reset
  synchronized void checkAvailable() {
    if (limit != null && used() >= limit) {
      Duration wait = Duration.between(clock.instant(), reset());
      throw new Failure(
          ErrorCode.OVERLOADED, "over DAILY_TOKEN_BUDGET until " + reset(), wait, null);
    }
  }

  synchronized void add(long tokens) {
    long before = used();
    used = before + tokens;
    if (limit != null) {
      warnAt(WARNING_SHARE, before, limit);
      warnAt(1, before, limit);
    }
    scheduleSave();
  }

  private void warnAt(double share, long before, long limit) {
    if (before < share * limit && used >= share * limit) {
      log.atWarn()
          .addKeyValue("used_tokens", used)
          .addKeyValue("budget_tokens", limit)
          .addKeyValue("reset", reset())
          .log("{} % of DAILY_TOKEN_BUDGET is used", Math.round(100 * share));
    }
  }

  private void scheduleSave() {
    if (file != null && !saveScheduled) {
      saveScheduled = true;
      var _ = scheduler.schedule(this::save, scheduler.getClock().instant().plus(SAVE_DELAY));
    }
  }

  @PreDestroy
  synchronized void save() {
    saveScheduled = false;
    if (file != null) {
      file.write(day, used);
    }
  }

  private double limit() {
    return limit == null ? Double.POSITIVE_INFINITY : limit;
  }

  private synchronized long used() {
    LocalDate now = today();
    if (!now.equals(day)) {
      day = now;
      used = 0;
    }
    return used;
  }

  private Instant reset() {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}

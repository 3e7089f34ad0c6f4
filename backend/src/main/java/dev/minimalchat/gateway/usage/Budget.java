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

/// What the answers of a day may cost in tokens, from midnight to midnight UTC. Answers that run
/// are never cut; when the budget is spent no new one begins.
@Component
public class Budget {
  private static final Logger log = LoggerFactory.getLogger(Budget.class);
  private static final double WARNING = 0.8;

  /// How much of the count a crash may lose.
  private static final Duration SAVE_AFTER = Duration.ofSeconds(1);

  private final @Nullable Long limit;
  private final @Nullable DayFile file;
  private final Clock clock;
  private final TaskScheduler scheduler;

  private LocalDate day;
  private long used;
  private boolean saving;

  Budget(BudgetProperties budget, MeterRegistry meters, Clock clock, TaskScheduler scheduler) {
    this.limit = budget.dailyTokens();
    this.file = budget.stateDir() == null ? null : new DayFile(budget.stateDir());
    this.clock = clock;
    this.scheduler = scheduler;
    this.day = today();
    this.used = file == null ? 0 : file.read(day);
    Gauge.builder("gateway.budget.used", this, Budget::used)
        .baseUnit("tokens")
        .description("Tokens since midnight UTC, those that nobody counted by estimate")
        .register(meters);
    Gauge.builder("gateway.budget.limit", this, Budget::limit)
        .baseUnit("tokens")
        .description("DAILY_TOKEN_BUDGET, infinite where none is set")
        .register(meters);
  }

  /// Lets one more answer begin.
  ///
  /// @throws Failure if the day's tokens are spent, with the time until there are new ones
  public synchronized void admit() {
    if (limit != null && used() >= limit) {
      throw new Failure(
          ErrorCode.OVERLOADED,
          "over DAILY_TOKEN_BUDGET until " + reset(),
          Duration.between(clock.instant(), reset()),
          null);
    }
  }

  /// Counts what an answer has cost.
  synchronized void spend(long tokens) {
    long before = used();
    used = before + tokens;
    if (limit != null) {
      warnOnceOver(WARNING, before, limit);
      warnOnceOver(1, before, limit);
    }
    saveSoon();
  }

  private void warnOnceOver(double share, long before, long limit) {
    if (before < share * limit && used >= share * limit) {
      log.atWarn()
          .addKeyValue("used_tokens", used)
          .addKeyValue("budget_tokens", limit)
          .addKeyValue("reset", reset())
          .log("{} % of DAILY_TOKEN_BUDGET is spent", Math.round(100 * share));
    }
  }

  private void saveSoon() {
    if (file != null && !saving) {
      saving = true;
      var _ = scheduler.schedule(this::save, clock.instant().plus(SAVE_AFTER));
    }
  }

  @PreDestroy
  synchronized void save() {
    saving = false;
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

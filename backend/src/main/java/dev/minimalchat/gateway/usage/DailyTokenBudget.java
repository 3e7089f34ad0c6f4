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
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.DependsOn;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/// The daily token budget, reset at midnight UTC. An answer reserves an estimate when it starts and
/// replaces it by its tokens at its end. Running answers are never cancelled; none starts while the
/// used and the reserved tokens together reach the budget.
@Component
@DependsOn("stateDirectoryLock")
class DailyTokenBudget {
  private static final Logger log = LoggerFactory.getLogger(DailyTokenBudget.class);
  private static final double WARNING_SHARE = 0.8;

  /// A crash loses at most the tokens of this time.
  private static final Duration SAVE_DELAY = Duration.ofSeconds(1);

  /// Until running answers can have released their reservations.
  private static final Duration RESERVED_RETRY_AFTER = Duration.ofSeconds(5);

  private final @Nullable Long limit;
  private final @Nullable TokenCountFile file;
  private final Clock clock;
  private final TaskScheduler scheduler;

  /// The tokens of the latest day and of the day before it. More than one day counts only after the
  /// computer's clock was set back.
  private final NavigableMap<LocalDate, Long> days = new TreeMap<>();

  private long reserved;
  private boolean saveScheduled;

  DailyTokenBudget(
      BudgetProperties budget, MeterRegistry meters, Clock clock, TaskScheduler scheduler) {
    this.limit = budget.dailyTokens();
    this.file = budget.stateDir() == null ? null : new TokenCountFile(budget.stateDir());
    this.clock = clock;
    this.scheduler = scheduler;
    if (file != null) {
      file.read().ifPresent(saved -> days.put(saved.day(), saved.tokens()));
    }
    Gauge.builder("gateway.budget.used", this, DailyTokenBudget::used)
        .baseUnit("tokens")
        .description("Tokens since midnight UTC; estimated where the provider reports no usage")
        .register(meters);
    Gauge.builder("gateway.budget.reserved", this, DailyTokenBudget::reserved)
        .baseUnit("tokens")
        .description("Estimated tokens of the running answers")
        .register(meters);
    Gauge.builder("gateway.budget.limit", this, DailyTokenBudget::limit)
        .baseUnit("tokens")
        .description("DAILY_TOKEN_BUDGET, infinite if unset")
        .register(meters);
  }

  /// Reserves the estimated tokens of an answer, however many, if the budget is not yet reached.
  ///
  /// @throws Failure if the budget is exhausted, with the time until its reset, or reserved
  synchronized Reservation reserve(long tokens) {
    if (limit != null && used() >= limit) {
      throw new Failure(
          ErrorCode.OVERLOADED,
          "over DAILY_TOKEN_BUDGET until " + reset(),
          Duration.between(clock.instant(), reset()),
          null);
    }
    if (limit != null && saturatedSum(used(), reserved) >= limit) {
      throw new Failure(
          ErrorCode.OVERLOADED,
          "DAILY_TOKEN_BUDGET is reserved by running answers",
          RESERVED_RETRY_AFTER,
          null);
    }
    Reservation reservation = new Reservation(tokens);
    reserved += reservation.tokens;
    return reservation;
  }

  private void add(long tokens) {
    long before = used();
    days.merge(days.lastKey(), tokens, DailyTokenBudget::saturatedSum);
    if (limit != null) {
      warnAt(WARNING_SHARE, before, limit);
      warnAt(1, before, limit);
    }
    scheduleSave();
  }

  private void warnAt(double share, long before, long limit) {
    if (before < share * limit && used() >= share * limit) {
      log.atWarn()
          .addKeyValue("used_tokens", used())
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
      long tokens = used();
      file.write(days.lastKey(), tokens);
    }
  }

  private double limit() {
    return limit == null ? Double.POSITIVE_INFINITY : limit;
  }

  private synchronized long reserved() {
    return reserved;
  }

  /// The tokens of today. New tokens count for the latest day that the clock has shown, and today
  /// includes later days, so that no change of the clock, back or forth, forgets a token. A day
  /// that is more than one day ahead came from a wrong clock; its tokens move to the latest day
  /// that did not.
  private synchronized long used() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    NavigableMap<LocalDate, Long> ahead = days.tailMap(today.plusDays(1), false);
    long misdated = sum(ahead);
    ahead.clear();
    days.putIfAbsent(today, 0L);
    days.merge(days.lastKey(), misdated, DailyTokenBudget::saturatedSum);
    while (days.size() > 2) {
      days.pollFirstEntry();
    }
    return sum(days.tailMap(today, true));
  }

  private Instant reset() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static long sum(NavigableMap<LocalDate, Long> days) {
    return days.values().stream().reduce(0L, DailyTokenBudget::saturatedSum);
  }

  /// The sum of two counts that are not negative.
  private static long saturatedSum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  /// The reserved tokens of one running answer.
  final class Reservation {
    private final long tokens;
    private boolean settled;

    Reservation(long tokens) {
      this.tokens = Math.max(0, tokens);
    }

    /// Replaces the estimate by the tokens of the answer; only the first call counts.
    void settle(long spent) {
      synchronized (DailyTokenBudget.this) {
        if (!settled) {
          settled = true;
          reserved -= tokens;
          add(Math.max(0, spent));
        }
      }
    }
  }
}

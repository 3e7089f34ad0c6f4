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
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.DependsOn;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/// The daily token budget, reset at midnight UTC. An answer reserves an estimate when it starts and
/// replaces it by its tokens at its end. Running answers are never cancelled; none starts while the
/// used and the reserved tokens together reach the budget.
///
/// The used tokens are those of all instances, as far as they are known, and reserved are those of
/// this one. Its own tokens since its start are reported within a second, and again until they
/// arrive.
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
  private final SharedTokenCount shared;
  private final boolean isShared;
  private final Clock clock;
  private final TaskScheduler scheduler;

  /// Of this process.
  private final DayCounts own = new DayCounts();

  /// Of other instances and of earlier processes: the highest count that was ever seen.
  private final DayCounts others = new DayCounts();

  private long reserved;
  private boolean saveScheduled;

  DailyTokenBudget(
      BudgetProperties budget,
      SharedTokenCount shared,
      MeterRegistry meters,
      Clock clock,
      TaskScheduler scheduler) {
    this.limit = budget.dailyTokens();
    this.file = budget.stateDir() == null ? null : new TokenCountFile(budget.stateDir());
    this.shared = shared;
    this.isShared = !shared.equals(SharedTokenCount.NONE);
    this.clock = clock;
    this.scheduler = scheduler;
    if (file != null) {
      file.read().ifPresent(saved -> others.raise(saved.day(), saved.tokens()));
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
  Reservation reserve(long tokens) {
    if (limit != null && isShared) {
      var _ = report();
    }
    return reserveLocally(tokens);
  }

  private synchronized Reservation reserveLocally(long tokens) {
    if (limit != null && used() >= limit) {
      throw new Failure(
          ErrorCode.OVERLOADED,
          "over DAILY_TOKEN_BUDGET until " + reset(),
          Duration.between(clock.instant(), reset()),
          null);
    }
    if (limit != null && DayCounts.saturatedSum(used(), reserved) >= limit) {
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
    own.add(tokens);
    warnAtShares(before);
    scheduleSave();
  }

  private void warnAtShares(long before) {
    if (limit != null) {
      warnAt(WARNING_SHARE, before, limit);
      warnAt(1, before, limit);
    }
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

  private synchronized void scheduleSave() {
    if ((file != null || isShared) && !saveScheduled) {
      saveScheduled = true;
      var _ = scheduler.schedule(this::onTimer, scheduler.getClock().instant().plus(SAVE_DELAY));
    }
  }

  /// A report waits for another process, which the scheduler's thread must not.
  private void onTimer() {
    save();
    if (isShared) {
      Thread.ofVirtual().name("token-report").start(this::reportOrRetry);
    }
  }

  private synchronized void save() {
    saveScheduled = false;
    if (file != null) {
      long tokens = used();
      file.write(own.latestDay(), tokens);
    }
  }

  @PreDestroy
  void saveAndReport() {
    save();
    if (isShared) {
      var _ = report();
    }
  }

  private void reportOrRetry() {
    if (!report()) {
      scheduleSave();
    }
  }

  /// Reports the tokens of this process, and learns those of the others.
  ///
  /// @return whether both succeeded
  private boolean report() {
    boolean succeeded = true;
    for (Map.Entry<LocalDate, Long> day : ownTokens().entrySet()) {
      OptionalLong tokens = shared.report(day.getKey(), day.getValue());
      tokens.ifPresent(count -> learn(day.getKey(), count));
      succeeded &= tokens.isPresent();
    }
    return succeeded;
  }

  private synchronized Map<LocalDate, Long> ownTokens() {
    var _ = used(); // starts the day
    return own.copy();
  }

  private synchronized void learn(LocalDate day, long tokens) {
    long before = used();
    others.raise(day, tokens);
    warnAtShares(before);
  }

  private double limit() {
    return limit == null ? Double.POSITIVE_INFINITY : limit;
  }

  private synchronized long reserved() {
    return reserved;
  }

  /// The tokens of today.
  private synchronized long used() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    own.startDay(today);
    others.startDay(today);
    return DayCounts.saturatedSum(own.since(today), others.since(today));
  }

  private Instant reset() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
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

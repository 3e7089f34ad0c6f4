package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.usage.DailyTokenBudget.Reservation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/// A budget whose clock the test advances, from 08:00 UTC.
abstract class DailyTokenBudgetFixture {
  static final Duration UNTIL_MIDNIGHT = Duration.ofHours(16);

  final FakeScheduler scheduler = new FakeScheduler();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  SharedTokenCount shared = SharedTokenCount.NONE;
  @TempDir Path directory;

  DailyTokenBudget shared(SharedTokenCount count) {
    shared = count;
    return budget(100L);
  }

  void reportAfterASecond(FakeTokenCount redis, int reports) {
    redis.reports.drainPermits();
    scheduler.advance(Duration.ofSeconds(1));
    redis.await(reports);
  }

  static void spend(DailyTokenBudget budget, long tokens) {
    budget.new Reservation(0).settle(tokens);
  }

  DailyTokenBudget budget(@Nullable Long tokens) {
    return new DailyTokenBudget(
        new BudgetProperties(tokens, directory),
        shared,
        meters,
        scheduler.computerClock(),
        scheduler);
  }

  double gauge(String name) {
    return meters.get(name).gauge().value();
  }
}

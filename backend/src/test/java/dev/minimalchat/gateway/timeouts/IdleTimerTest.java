package dev.minimalchat.gateway.timeouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdleTimerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ONE_MS = Duration.ofMillis(1);

  private final FakeScheduler scheduler = new FakeScheduler();
  private final AtomicInteger fired = new AtomicInteger();
  private final IdleTimer timer = new IdleTimer(scheduler, TIMEOUT, fired::incrementAndGet);

  @Test
  void firesAfterTheTimeout() {
    timer.start();

    scheduler.advance(TIMEOUT);

    assertThat(fired).hasValue(1);
  }

  @Test
  void doesNotFireBeforeTheTimeout() {
    timer.start();

    scheduler.advance(TIMEOUT.minus(ONE_MS));

    assertThat(fired).hasValue(0);
  }

  @Test
  void schedulesNothingBeforeStart() {
    scheduler.advance(TIMEOUT.multipliedBy(5));

    assertThat(scheduler.scheduledTotal()).isZero();
    assertThat(fired).hasValue(0);
  }

  @Test
  void measuresTheTimeoutFromStart() {
    scheduler.advance(TIMEOUT.dividedBy(2));
    timer.start();

    scheduler.advance(TIMEOUT.minus(ONE_MS));
    assertThat(fired).hasValue(0);
    scheduler.advance(ONE_MS);
    assertThat(fired).hasValue(1);
  }

  @Test
  void doesNotFireWhilePausedAndBeginsAgainAfterIt() {
    timer.start();
    scheduler.advance(TIMEOUT.minus(ONE_MS));
    timer.pause();
    scheduler.advance(TIMEOUT.multipliedBy(3));
    timer.resume();

    scheduler.advance(TIMEOUT.minus(ONE_MS));
    assertThat(fired).hasValue(0);
    scheduler.advance(ONE_MS);
    assertThat(fired).hasValue(1);
  }

  @Test
  void resumingATimerThatRunsDoesNotResetIt() {
    timer.start();
    scheduler.advance(TIMEOUT.minus(ONE_MS));

    timer.resume();

    scheduler.advance(ONE_MS);
    assertThat(fired).hasValue(1);
  }

  @Test
  void measuresTheTimeoutFromTheLastReset() {
    timer.start();
    scheduler.advance(Duration.ofSeconds(4));
    timer.reset();
    scheduler.advance(Duration.ofSeconds(3));
    timer.reset();

    scheduler.advance(TIMEOUT.minus(ONE_MS));
    assertThat(fired).hasValue(0);
    scheduler.advance(ONE_MS);
    assertThat(fired).hasValue(1);
  }

  @Test
  void resetSchedulesNoTimer() {
    timer.start();
    int timers = scheduler.scheduledTotal();

    for (int i = 0; i < 1000; i++) {
      timer.reset();
    }

    assertThat(scheduler.scheduledTotal()).isEqualTo(timers);
  }

  @Test
  void schedulesAtMostOneTimerPerTimeout() {
    timer.start();

    for (int i = 0; i < 1000; i++) {
      scheduler.advance(Duration.ofMillis(100));
      timer.reset();
    }

    assertThat(fired).hasValue(0);
    assertThat(scheduler.scheduledTotal()).isLessThanOrEqualTo(12);
    assertThat(scheduler.pending()).isEqualTo(1);
  }

  @Test
  void firesAgainAfterEveryFurtherTimeout() {
    timer.start();

    scheduler.advance(TIMEOUT.multipliedBy(3));

    assertThat(fired).hasValue(3);
  }

  @Test
  void doesNotFireAfterClose() {
    timer.start();

    timer.close();
    scheduler.advance(TIMEOUT.multipliedBy(3));

    assertThat(fired).hasValue(0);
  }

  @Test
  void closeCancelsThePendingTimer() {
    timer.start();
    scheduler.advance(TIMEOUT);

    timer.close();

    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void itsActionCanCloseIt() {
    IdleTimer[] self = new IdleTimer[1];
    self[0] =
        new IdleTimer(
            scheduler,
            TIMEOUT,
            () -> {
              fired.incrementAndGet();
              self[0].close();
            });
    self[0].start();

    scheduler.advance(TIMEOUT.multipliedBy(3));

    assertThat(fired).hasValue(1);
    assertThat(scheduler.pending()).isZero();
  }
}

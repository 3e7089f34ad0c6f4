package dev.minimalchat.gateway.timeouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdleTimerTest {
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final FakeScheduler scheduler = new FakeScheduler();
  private final AtomicInteger rings = new AtomicInteger();
  private final IdleTimer timer = new IdleTimer(scheduler, SILENCE, rings::incrementAndGet);

  @Test
  void goesOffAfterTheSilence() {
    timer.start();

    scheduler.advance(SILENCE);

    assertThat(rings).hasValue(1);
  }

  @Test
  void keepsQuietUntilTheSilenceIsOver() {
    timer.start();

    scheduler.advance(SILENCE.minus(MOMENT));

    assertThat(rings).hasValue(0);
  }

  @Test
  void doesNotListenBeforeItIsStarted() {
    scheduler.advance(SILENCE.multipliedBy(5));

    assertThat(scheduler.scheduledTotal()).isZero();
    assertThat(rings).hasValue(0);
  }

  @Test
  void countsTheSilenceFromTheStartNotFromItsMaking() {
    scheduler.advance(SILENCE.dividedBy(2));
    timer.start();

    scheduler.advance(SILENCE.minus(MOMENT));
    assertThat(rings).hasValue(0);
    scheduler.advance(MOMENT);
    assertThat(rings).hasValue(1);
  }

  @Test
  void countsTheSilenceFromTheLastSign() {
    timer.start();
    scheduler.advance(Duration.ofSeconds(4));
    timer.reset();
    scheduler.advance(Duration.ofSeconds(3));
    timer.reset();

    scheduler.advance(SILENCE.minus(MOMENT));
    assertThat(rings).hasValue(0);
    scheduler.advance(MOMENT);
    assertThat(rings).hasValue(1);
  }

  @Test
  void setsNoTimerForASign() {
    timer.start();
    int timers = scheduler.scheduledTotal();

    for (int i = 0; i < 1000; i++) {
      timer.reset();
    }

    assertThat(scheduler.scheduledTotal()).isEqualTo(timers);
  }

  @Test
  void setsOneTimerASilenceHoweverManySignsThereAre() {
    timer.start();

    for (int i = 0; i < 1000; i++) {
      scheduler.advance(Duration.ofMillis(100));
      timer.reset();
    }

    assertThat(rings).hasValue(0);
    assertThat(scheduler.scheduledTotal()).isLessThanOrEqualTo(12);
    assertThat(scheduler.pending()).isEqualTo(1);
  }

  @Test
  void goesOffAgainAfterEachFurtherSilence() {
    timer.start();

    scheduler.advance(SILENCE.multipliedBy(3));

    assertThat(rings).hasValue(3);
  }

  @Test
  void keepsQuietOnceClosed() {
    timer.start();

    timer.close();
    scheduler.advance(SILENCE.multipliedBy(3));

    assertThat(rings).hasValue(0);
  }

  @Test
  void leavesNoTimerBehindWhenClosed() {
    timer.start();
    scheduler.advance(SILENCE);

    timer.close();

    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void canBeClosedByItsOwnAction() {
    IdleTimer[] closing = new IdleTimer[1];
    closing[0] =
        new IdleTimer(
            scheduler,
            SILENCE,
            () -> {
              rings.incrementAndGet();
              closing[0].close();
            });
    closing[0].start();

    scheduler.advance(SILENCE.multipliedBy(3));

    assertThat(rings).hasValue(1);
    assertThat(scheduler.pending()).isZero();
  }
}

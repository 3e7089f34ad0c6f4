package dev.minimalchat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final FakeScheduler scheduler = new FakeScheduler();
  private final AtomicInteger rings = new AtomicInteger();
  private final Alarm alarm = new Alarm(scheduler, SILENCE, rings::incrementAndGet);

  @Test
  void goesOffAfterTheSilence() {
    alarm.start();

    scheduler.advance(SILENCE);

    assertThat(rings).hasValue(1);
  }

  @Test
  void keepsQuietUntilTheSilenceIsOver() {
    alarm.start();

    scheduler.advance(SILENCE.minus(MOMENT));

    assertThat(rings).hasValue(0);
  }

  @Test
  void doesNotListenBeforeItIsStarted() {
    scheduler.advance(SILENCE.multipliedBy(5));

    assertThat(scheduler.everSet()).isZero();
    assertThat(rings).hasValue(0);
  }

  @Test
  void countsTheSilenceFromTheStartNotFromItsMaking() {
    scheduler.advance(SILENCE.dividedBy(2));
    alarm.start();

    scheduler.advance(SILENCE.minus(MOMENT));
    assertThat(rings).hasValue(0);
    scheduler.advance(MOMENT);
    assertThat(rings).hasValue(1);
  }

  @Test
  void countsTheSilenceFromTheLastSign() {
    alarm.start();
    scheduler.advance(Duration.ofSeconds(4));
    alarm.sign();
    scheduler.advance(Duration.ofSeconds(3));
    alarm.sign();

    scheduler.advance(SILENCE.minus(MOMENT));
    assertThat(rings).hasValue(0);
    scheduler.advance(MOMENT);
    assertThat(rings).hasValue(1);
  }

  @Test
  void setsNoTimerForASign() {
    alarm.start();
    int timers = scheduler.everSet();

    for (int i = 0; i < 1000; i++) {
      alarm.sign();
    }

    assertThat(scheduler.everSet()).isEqualTo(timers);
  }

  @Test
  void setsOneTimerASilenceHoweverManySignsThereAre() {
    alarm.start();

    for (int i = 0; i < 1000; i++) {
      scheduler.advance(Duration.ofMillis(100));
      alarm.sign();
    }

    assertThat(rings).hasValue(0);
    assertThat(scheduler.everSet()).isLessThanOrEqualTo(12);
    assertThat(scheduler.waiting()).isEqualTo(1);
  }

  @Test
  void goesOffAgainAfterEachFurtherSilence() {
    alarm.start();

    scheduler.advance(SILENCE.multipliedBy(3));

    assertThat(rings).hasValue(3);
  }

  @Test
  void keepsQuietOnceClosed() {
    alarm.start();

    alarm.close();
    scheduler.advance(SILENCE.multipliedBy(3));

    assertThat(rings).hasValue(0);
  }

  @Test
  void leavesNoTimerBehindWhenClosed() {
    alarm.start();
    scheduler.advance(SILENCE);

    alarm.close();

    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void canBeClosedByItsOwnAction() {
    Alarm[] closing = new Alarm[1];
    closing[0] =
        new Alarm(
            scheduler,
            SILENCE,
            () -> {
              rings.incrementAndGet();
              closing[0].close();
            });
    closing[0].start();

    scheduler.advance(SILENCE.multipliedBy(3));

    assertThat(rings).hasValue(1);
    assertThat(scheduler.waiting()).isZero();
  }
}

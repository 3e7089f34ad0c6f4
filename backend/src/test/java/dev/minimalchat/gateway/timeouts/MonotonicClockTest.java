package dev.minimalchat.gateway.timeouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

class MonotonicClockTest {
  private static final Instant START = Instant.parse("2027-01-15T08:00:00Z");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
  private final MonotonicClock clock = new MonotonicClock(START, nanos::get);

  @Test
  void startsAtTheTimeOfDay() {
    assertThat(clock.instant()).isEqualTo(START);
    assertThat(clock.millis()).isEqualTo(START.toEpochMilli());
  }

  @Test
  void advancesByTheElapsedTime() {
    nanos.addAndGet(Duration.ofSeconds(3).plusNanos(7).toNanos());

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(3).plusNanos(7));
    assertThat(clock.millis()).isEqualTo(START.plusSeconds(3).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "-PT1H", "P1D", "-P1D"})
  void theTimersIgnoreAChangeOfTheComputersClock(Duration change) {
    Clock computer = Mockito.mock(Clock.class);
    Mockito.when(computer.instant()).thenReturn(START);
    ThreadPoolTaskScheduler timers = new TimeoutsConfiguration().timers(computer);

    Mockito.when(computer.instant()).thenReturn(START.plus(change));

    Duration elapsed = Duration.between(START, timers.getClock().instant());
    assertThat(elapsed).isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }
}

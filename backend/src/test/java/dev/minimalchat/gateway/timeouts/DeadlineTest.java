package dev.minimalchat.gateway.timeouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ONE_MS = Duration.ofMillis(1);

  private final FakeScheduler scheduler = new FakeScheduler();
  private final AtomicInteger fired = new AtomicInteger();

  @Test
  void firesAtTheTimeoutAndNotBefore() {
    start(TIMEOUT);

    scheduler.advance(TIMEOUT.minus(ONE_MS));
    assertThat(fired).hasValue(0);
    scheduler.advance(ONE_MS);
    assertThat(fired).hasValue(1);
  }

  @Test
  void firesOnlyOnce() {
    start(TIMEOUT);

    scheduler.advance(TIMEOUT.multipliedBy(5));

    assertThat(fired).hasValue(1);
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void doesNotFireAfterClose() {
    Deadline deadline = start(TIMEOUT);
    scheduler.advance(TIMEOUT.minus(ONE_MS));

    deadline.close();
    scheduler.advance(TIMEOUT);

    assertThat(fired).hasValue(0);
  }

  @Test
  void closeCancelsThePendingTimer() {
    Deadline deadline = start(TIMEOUT);
    assertThat(scheduler.pending()).isEqualTo(1);

    deadline.close();

    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void closeIsIdempotent() {
    Deadline deadline = start(TIMEOUT);
    deadline.close();

    assertThatCode(deadline::close).doesNotThrowAnyException();
    assertThat(fired).hasValue(0);
  }

  @Test
  void closeAfterTheTimeoutDoesNotFireAgain() {
    Deadline deadline = start(TIMEOUT);
    scheduler.advance(TIMEOUT);

    deadline.close();

    assertThat(fired).hasValue(1);
  }

  @Test
  void firesAtOnceWithAZeroTimeout() {
    start(Duration.ZERO);

    assertThat(fired).hasValue(1);
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void twoDeadlinesAreIndependent() {
    AtomicInteger other = new AtomicInteger();
    Deadline closed = start(TIMEOUT);
    Deadline.start(scheduler, TIMEOUT.multipliedBy(2), other::incrementAndGet);

    closed.close();
    scheduler.advance(TIMEOUT);
    assertThat(other).hasValue(0);
    scheduler.advance(TIMEOUT);

    assertThat(fired).hasValue(0);
    assertThat(other).hasValue(1);
  }

  @Test
  void aSharedTimeLimiterCanStartSeveralDeadlines() {
    TimeLimiter limiter = TimeLimiter.of(TIMEOUT);
    Deadline closed = Deadline.start(scheduler, limiter, fired::incrementAndGet);
    Deadline.start(scheduler, limiter, fired::incrementAndGet);

    closed.close();
    scheduler.advance(TIMEOUT);

    assertThat(fired).hasValue(1);
  }

  @Test
  void publishesTheTimeoutToTheTimeLimiter() {
    AtomicInteger published = new AtomicInteger();
    TimeLimiter limiter = TimeLimiter.of(TIMEOUT);
    limiter.getEventPublisher().onTimeout(_ -> published.incrementAndGet());
    Deadline.start(scheduler, limiter, fired::incrementAndGet);

    scheduler.advance(TIMEOUT);

    assertThat(published).hasValue(1);
  }

  private Deadline start(Duration timeout) {
    return Deadline.start(scheduler, timeout, fired::incrementAndGet);
  }
}

package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Attempt;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.KeepAlive;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Unknown;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeoutStreamTest {

  private static final Duration FIRST_EVENT = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration TOTAL = Duration.ofMinutes(5);
  private static final Duration ONE_MS = Duration.ofMillis(1);
  private static final UpstreamEvent TEXT = new TextDelta("word");

  private final FakeScheduler scheduler = new FakeScheduler();
  private final TimedFakeStream provider = new TimedFakeStream(scheduler);
  private final TimeoutStream stream = new TimeoutStream(provider, policy(scheduler));

  @Test
  void throwsTimeoutAfterTheFirstEventTimeout() {
    provider.emits(TEXT, FIRST_EVENT);

    assertTimeout("FIRST_EVENT_TIMEOUT");
    assertThat(provider.closeCount()).isPositive();
  }

  @Test
  void acceptsAFirstEventBeforeTheFirstEventTimeout() {
    provider.emits(TEXT, FIRST_EVENT.minus(ONE_MS));

    assertThat(stream.next()).isEqualTo(TEXT);
  }

  @Test
  void startsTheTimeoutsAtTheFirstRead() {
    scheduler.advance(TOTAL);
    provider.emits(TEXT, FIRST_EVENT.minus(ONE_MS));

    assertThat(stream.next()).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @MethodSource("knownEvents")
  void endsTheFirstEventTimeoutAtAKnownEvent(UpstreamEvent event) {
    provider.emits(event, ONE_MS);
    provider.emits(TEXT, IDLE.minus(ONE_MS));

    assertThat(stream.next()).isEqualTo(event);
    assertThat(stream.next()).isEqualTo(TEXT);
  }

  static UpstreamEvent[] knownEvents() {
    return new UpstreamEvent[] {
      new Created("resp_1", "model"), new KeepAlive(), new InProgress(), TEXT
    };
  }

  @Test
  void anUnknownEventDoesNotEndTheFirstEventTimeout() {
    provider.emits(new Unknown(), FIRST_EVENT.minus(ONE_MS));
    provider.emits(TEXT, ONE_MS);

    assertThat(stream.next()).isInstanceOf(Unknown.class);
    assertTimeout("FIRST_EVENT_TIMEOUT");
  }

  @Test
  void anAttemptDoesNotEndTheFirstEventTimeout() {
    provider.emits(new Attempt(null), ONE_MS);
    provider.emits(TEXT, FIRST_EVENT.minus(ONE_MS));

    assertThat(stream.next()).isInstanceOf(Attempt.class);
    assertTimeout("FIRST_EVENT_TIMEOUT");
  }

  @Test
  void throwsTimeoutAfterTheIdleTimeout() {
    provider.emits(TEXT, ONE_MS);
    provider.emits(TEXT, IDLE);

    assertThat(stream.next()).isEqualTo(TEXT);
    assertTimeout("IDLE_TIMEOUT");
    assertThat(provider.closeCount()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("knownEvents")
  void everyKnownEventResetsTheIdleTimeout(UpstreamEvent event) {
    provider.emits(TEXT, ONE_MS);
    for (int i = 0; i < 9; i++) {
      provider.emits(event, IDLE.minus(ONE_MS));
    }

    assertThat(stream.next()).isEqualTo(TEXT);
    for (int i = 0; i < 9; i++) {
      assertThat(stream.next()).isEqualTo(event);
    }
  }

  @Test
  void measuresTheIdleTimeoutFromTheLastEvent() {
    provider.emits(TEXT, ONE_MS);
    provider.emits(TEXT, IDLE.minus(ONE_MS));
    provider.emits(TEXT, IDLE);

    assertThat(stream.next()).isEqualTo(TEXT);
    assertThat(stream.next()).isEqualTo(TEXT);
    assertTimeout("IDLE_TIMEOUT");
  }

  @Test
  void theTimeThatTheCallerNeedsForAnEventIsNotIdle() {
    provider.emits(TEXT, ONE_MS);
    provider.emits(TEXT, IDLE.minus(ONE_MS));
    provider.emits(TEXT, IDLE);
    stream.next();

    scheduler.advance(IDLE.multipliedBy(3));

    assertThat(provider.closeCount()).isZero();
    assertThat(stream.next()).isEqualTo(TEXT);
    assertTimeout("IDLE_TIMEOUT");
  }

  @Test
  void unknownEventsDoNotResetTheIdleTimeout() {
    provider.emits(TEXT, ONE_MS);
    provider.emits(new Unknown(), IDLE.dividedBy(2));
    provider.emits(new Unknown(), IDLE.dividedBy(2));

    assertThat(stream.next()).isEqualTo(TEXT);
    assertThat(stream.next()).isInstanceOf(Unknown.class);
    assertTimeout("IDLE_TIMEOUT");
  }

  @Test
  void throwsTimeoutAfterTheTotalTimeout() {
    Duration step = Duration.ofSeconds(15);
    for (Duration elapsed = step; elapsed.compareTo(TOTAL) <= 0; elapsed = elapsed.plus(step)) {
      provider.emits(TEXT, step);
    }

    while (provider.size() > 1) {
      assertThat(stream.next()).isEqualTo(TEXT);
    }
    assertTimeout("TOTAL_TIMEOUT");
  }

  @Test
  void schedulesNoTimerForAnEvent() {
    for (int i = 0; i < 1000; i++) {
      provider.emits(TEXT, Duration.ZERO);
    }
    stream.next();
    int timers = scheduler.scheduledTotal();

    while (!provider.isEmpty()) {
      stream.next();
    }

    assertThat(scheduler.scheduledTotal()).isEqualTo(timers);
  }

  @Test
  void schedulesNoTimerBeforeTheFirstRead() {
    assertThat(scheduler.scheduledTotal()).isZero();
  }

  @Test
  void cancelsTheFirstEventTimerAfterTheFirstEvent() {
    provider.emits(TEXT, ONE_MS);

    stream.next();

    assertThat(scheduler.pending()).as("total and idle").isEqualTo(2);
  }

  @Test
  void closeBeforeTheFirstEventCancelsAllTimers() {
    provider.emits(new Unknown(), ONE_MS);
    stream.next();

    stream.close();

    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void closeAfterTheTerminalEventCancelsAllTimers() {
    provider.emits(TEXT, ONE_MS);
    provider.emits(new Completed(null), ONE_MS);
    stream.next();
    stream.next();

    stream.close();

    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void closeClosesTheDelegate() {
    stream.close();

    assertThat(provider.closeCount()).isEqualTo(1);
  }

  @Test
  void propagatesAFailureOfTheDelegate() {
    Failure failure = new Failure(ErrorCode.OVERLOADED, "the provider is busy");
    provider.failsWith(failure);

    assertThat(failureOf(stream::next)).isSameAs(failure);
  }

  @Test
  void aCloseByTheCallerIsNotATimeout() {
    stream.close();
    provider.emits(TEXT, ONE_MS);

    assertThat(failureOf(stream::next)).has(Failures.code(ErrorCode.PROVIDER_ERROR));
  }

  @Test
  void theTimeoutHasTheFailureOfTheDelegateAsCause() {
    provider.emits(TEXT, FIRST_EVENT);

    assertThat(failureOf(stream::next)).hasCauseInstanceOf(Failure.class);
  }

  @Test
  void isReadyIfTheDelegateIsReady() {
    assertThat(stream.ready()).isFalse();
    provider.emits(TEXT, ONE_MS);
    assertThat(stream.ready()).isTrue();
  }

  @Test
  void closeIsIdempotent() {
    stream.close();

    assertThatCode(stream::close).doesNotThrowAnyException();
  }

  private void assertTimeout(String limit) {
    assertThat(failureOf(stream::next))
        .has(Failures.code(ErrorCode.TIMEOUT))
        .hasMessageContaining(limit);
  }

  private static Failure failureOf(Executable executable) {
    return catchThrowableOfType(Failure.class, executable::execute);
  }

  private static TimeoutPolicy policy(FakeScheduler scheduler) {
    return new TimeoutPolicy(
        TimeLimiter.of(FIRST_EVENT), null, IDLE, TimeLimiter.of(TOTAL), scheduler);
  }
}

package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Unknown;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeoutStreamTest {
  private static final Duration FIRST_EVENT = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration TOTAL = Duration.ofMinutes(5);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final UpstreamEvent WORD = new TextDelta("word");

  private final FakeScheduler scheduler = new FakeScheduler();
  private final Dictation provider = new Dictation();
  private final TimeoutStream stream = new TimeoutStream(provider, limits(scheduler));

  @Test
  void endsAnAnswerThatDoesNotBegin() {
    provider.says(WORD, FIRST_EVENT);

    assertTimeout("FIRST_EVENT_TIMEOUT");
    assertThat(provider.closes).isPositive();
  }

  @Test
  void waitsForTheFirstEventUntilTheLimit() {
    provider.says(WORD, FIRST_EVENT.minus(MOMENT));

    assertThat(stream.next()).isEqualTo(WORD);
  }

  @Test
  void countsFromTheFirstReadNotFromTheMaking() {
    scheduler.advance(TOTAL);
    provider.says(WORD, FIRST_EVENT.minus(MOMENT));

    assertThat(stream.next()).isEqualTo(WORD);
  }

  @ParameterizedTest
  @MethodSource("signsOfLife")
  void takesItForABeginning(UpstreamEvent sign) {
    provider.says(sign, MOMENT);
    provider.says(WORD, IDLE.minus(MOMENT));

    assertThat(stream.next()).isEqualTo(sign);
    assertThat(stream.next()).isEqualTo(WORD);
  }

  static UpstreamEvent[] signsOfLife() {
    return new UpstreamEvent[] {new Created("resp_1", "model"), new InProgress(), WORD};
  }

  @Test
  void doesNotTakeAnUnknownEventForABeginning() {
    provider.says(new Unknown(), FIRST_EVENT.minus(MOMENT));
    provider.says(WORD, MOMENT);

    assertThat(stream.next()).isInstanceOf(Unknown.class);
    assertTimeout("FIRST_EVENT_TIMEOUT");
  }

  @Test
  void endsAnAnswerThatFallsSilent() {
    provider.says(WORD, MOMENT);
    provider.says(WORD, IDLE);

    assertThat(stream.next()).isEqualTo(WORD);
    assertTimeout("IDLE_TIMEOUT");
    assertThat(provider.closes).isPositive();
  }

  @Test
  void bearsManySilencesThatAreShortEnough() {
    for (int i = 0; i < 9; i++) {
      provider.says(WORD, FIRST_EVENT.minus(MOMENT));
    }

    for (int i = 0; i < 9; i++) {
      assertThat(stream.next()).isEqualTo(WORD);
    }
  }

  @Test
  void countsTheSilenceFromTheLastSign() {
    provider.says(WORD, MOMENT);
    provider.says(WORD, IDLE.minus(MOMENT));
    provider.says(WORD, IDLE);

    assertThat(stream.next()).isEqualTo(WORD);
    assertThat(stream.next()).isEqualTo(WORD);
    assertTimeout("IDLE_TIMEOUT");
  }

  @Test
  void doesNotTakeUnknownEventsForSignsOfLife() {
    provider.says(WORD, MOMENT);
    provider.says(new Unknown(), IDLE.dividedBy(2));
    provider.says(new Unknown(), IDLE.dividedBy(2));

    assertThat(stream.next()).isEqualTo(WORD);
    assertThat(stream.next()).isInstanceOf(Unknown.class);
    assertTimeout("IDLE_TIMEOUT");
  }

  @Test
  void endsAnAnswerThatGoesOnForTooLong() {
    Duration step = Duration.ofSeconds(15);
    for (Duration spoken = step; spoken.compareTo(TOTAL) <= 0; spoken = spoken.plus(step)) {
      provider.says(WORD, step);
    }

    while (provider.lines.size() > 1) {
      assertThat(stream.next()).isEqualTo(WORD);
    }
    assertTimeout("TOTAL_TIMEOUT");
  }

  @Test
  void setsNoTimerForAnEvent() {
    for (int i = 0; i < 1000; i++) {
      provider.says(WORD, Duration.ZERO);
    }
    stream.next();
    int timers = scheduler.scheduledTotal();

    while (!provider.lines.isEmpty()) {
      stream.next();
    }

    assertThat(scheduler.scheduledTotal()).isEqualTo(timers);
  }

  @Test
  void asksForNoTimerBeforeTheFirstRead() {
    assertThat(scheduler.scheduledTotal()).isZero();
  }

  @Test
  void stopsWaitingForABeginningOnceItHasBegun() {
    provider.says(WORD, MOMENT);

    stream.next();

    assertThat(scheduler.pending()).as("total and idle").isEqualTo(2);
  }

  @Test
  void cancelsItsTimersWhenItIsClosedBeforeTheBeginning() {
    provider.says(new Unknown(), MOMENT);
    stream.next();

    stream.close();

    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void cancelsItsTimersWhenItIsClosedAfterTheEnd() {
    provider.says(WORD, MOMENT);
    provider.says(new Completed(null), MOMENT);
    stream.next();
    stream.next();

    stream.close();

    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void closesTheProvidersStreamWhenItIsClosed() {
    stream.close();

    assertThat(provider.closes).isEqualTo(1);
  }

  @Test
  void passesOnAFailureThatIsNotTheClocks() {
    Failure broken = new Failure(ErrorCode.OVERLOADED, "the provider is busy");
    provider.failsWith(broken);

    assertThat(failureOf(stream::next)).isSameAs(broken);
  }

  @Test
  void doesNotCallItATimeoutWhenSomebodyElseClosed() {
    stream.close();
    provider.says(WORD, MOMENT);

    assertThat(failureOf(stream::next)).has(Failures.code(ErrorCode.PROVIDER_ERROR));
  }

  @Test
  void keepsTheReasonOfTheFailureForTheLog() {
    provider.says(WORD, FIRST_EVENT);

    assertThat(failureOf(stream::next)).hasCauseInstanceOf(Failure.class);
  }

  @Test
  void saysWhetherMoreIsHereAsTheProviderDoes() {
    assertThat(stream.ready()).isFalse();
    provider.says(WORD, MOMENT);
    assertThat(stream.ready()).isTrue();
  }

  @Test
  void canBeClosedTwice() {
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

  private static TimeoutPolicy limits(FakeScheduler scheduler) {
    return new TimeoutPolicy(TimeLimiter.of(FIRST_EVENT), IDLE, TimeLimiter.of(TOTAL), scheduler);
  }

  /// A provider that lets the time pass which each of its events takes, unless it is closed first.
  private final class Dictation implements UpstreamStream {
    private final Queue<Line> lines = new ArrayDeque<>();
    private int closes;

    void says(UpstreamEvent event, Duration silenceBefore) {
      lines.add(() -> {
        scheduler.advance(silenceBefore);
        if (closes > 0) {
          throw new Failure(ErrorCode.PROVIDER_ERROR, "closed by the gateway");
        }
        return event;
      });
    }

    void failsWith(Failure failure) {
      lines.add(() -> {
        throw failure;
      });
    }

    @Override
    public UpstreamEvent next() {
      return lines.remove().say();
    }

    @Override
    public boolean ready() {
      return !lines.isEmpty();
    }

    @Override
    public void close() {
      closes++;
    }
  }

  private interface Line {
    UpstreamEvent say();
  }
}

package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What stands around a provider: further tries, the clocks, and the breaker.
class ResilientUpstreamTest {
  private static final UpstreamEvent STARTED = new UpstreamEvent.Created("r", "m");
  private static final UpstreamEvent WORKING = new UpstreamEvent.InProgress();
  private static final UpstreamEvent UNKNOWN = new UpstreamEvent.Unknown();
  private static final UpstreamEvent TEXT = new UpstreamEvent.TextDelta("text");
  private static final UpstreamEvent COMPLETED = new UpstreamEvent.Completed(null);

  private static final Duration FIRST_EVENT = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final Duration TOTAL = Duration.ofMinutes(5);

  private final ScriptedUpstream provider = new ScriptedUpstream();
  private final FakeScheduler timers = new FakeScheduler();
  private final CircuitBreaker breaker = CircuitBreaker.of("provider", breakerConfig());
  private final Upstream upstream =
      new ResilientUpstream(
          provider,
          Retry.of("provider", retryConfig()),
          new TimeoutPolicy(TimeLimiter.of(FIRST_EVENT), IDLE, TimeLimiter.of(TOTAL), timers),
          breaker);

  @Test
  void asksNothingBeforeTheFirstEventIsWanted() {
    open();

    assertThat(provider.timesAsked()).isZero();
  }

  @Test
  void asksAgainWhenAPassingFailureComesFirst() {
    provider.answers(passing(null)).answers(STARTED, passing(null)).answers(TEXT, COMPLETED);
    UpstreamStream stream = open();

    assertThat(stream.next()).isEqualTo(STARTED);
    assertThat(stream.next()).isEqualTo(TEXT);
    assertThat(provider.timesAsked()).isEqualTo(3);
    assertThat(provider.answer(0).closed.getCount()).isZero();
    assertThat(provider.answer(1).closed.getCount()).isZero();
  }

  @Test
  void asksAtMostThreeTimes() {
    provider.answers(passing(null)).answers(passing(null)).answers(passing(null)).answers(TEXT);

    assertThat(failureOf(open()).code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(provider.timesAsked()).isEqualTo(3);
  }

  @Test
  void asksOnceWhenTheFailureDoesNotPass() {
    provider.answers(lasting()).answers(TEXT);

    assertThat(failureOf(open()).code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
    assertThat(provider.timesAsked()).isEqualTo(1);
  }

  @Test
  void asksOnceWhenTheProviderWantsMoreTimeThanAPersonHas() {
    provider.answers(passing(Duration.ofHours(24))).answers(TEXT);

    assertThat(failureOf(open()).retryAfter()).contains(Duration.ofHours(24));
    assertThat(provider.timesAsked()).isEqualTo(1);
  }

  @Test
  void neverAsksAgainOnceTextHasCome() {
    provider.answers(TEXT, passing(null)).answers(TEXT);
    UpstreamStream stream = open();
    stream.next();

    assertThat(failureOf(stream).code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(provider.timesAsked()).isEqualTo(1);
  }

  @Test
  void startsNoFurtherTryForSomebodyWhoHasLeft() throws Exception {
    provider.answers(passing(Duration.ofSeconds(5))).answers(TEXT);
    UpstreamStream stream = open();
    CompletableFuture<Failure> waiting = failureLater(stream);
    stream.close();

    waiting.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    assertThat(provider.timesAsked()).isLessThanOrEqualTo(1);
  }

  @Test
  void timesOutAProviderThatSaysNothing() throws Exception {
    CompletableFuture<Failure> failure = failureLater(open());
    provider.answer(0).awaitSilence();
    timers.advance(FIRST_EVENT);

    assertThat(failure.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).code())
        .isEqualTo(ErrorCode.TIMEOUT);
    assertThat(provider.timesAsked()).isEqualTo(1);
  }

  @Test
  void timesOutAProviderThatFallsSilent() throws Exception {
    provider.answers(TEXT);
    UpstreamStream stream = open();
    stream.next();
    CompletableFuture<Failure> failure = failureLater(stream);
    provider.answer(0).awaitSilence();
    timers.advance(IDLE);

    assertThat(failure.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).code())
        .isEqualTo(ErrorCode.TIMEOUT);
  }

  @Test
  void putsTheEndOffWithEverySignOfTheModel() {
    provider.answers(TEXT, WORKING, TEXT, COMPLETED);
    UpstreamStream stream = open();
    stream.next();
    for (int i = 0; i < 3; i++) {
      timers.advance(IDLE.minusSeconds(1));
      stream.next();
    }

    assertThat(provider.answer(0).closed.getCount()).isEqualTo(1);
  }

  @Test
  void takesWhatItDoesNotKnowForNoSign() {
    provider.answers(TEXT, UNKNOWN);
    UpstreamStream stream = open();
    stream.next();
    timers.advance(IDLE.minusSeconds(1));
    stream.next();
    timers.advance(Duration.ofSeconds(1));

    assertThat(provider.answer(0).closed.getCount()).isZero();
  }

  @Test
  void setsNoTimerForAnEvent() {
    provider.answers(TEXT, TEXT, TEXT, TEXT);
    UpstreamStream stream = open();
    stream.next();
    long timersOfOneEvent = timers.pending();
    stream.next();
    stream.next();
    stream.next();

    assertThat(timers.pending()).isEqualTo(timersOfOneEvent);
  }

  @Test
  void endsAnAnswerThatGoesOnForTooLong() {
    provider.answers(Collections.nCopies(40, TEXT).toArray());
    UpstreamStream stream = open();
    stream.next();
    for (Duration left = TOTAL; left.isPositive(); left = left.minusSeconds(10)) {
      assertThat(provider.answer(0).closed.getCount()).isEqualTo(1);
      timers.advance(Duration.ofSeconds(10));
      stream.next();
    }

    assertThat(provider.answer(0).closed.getCount()).isZero();
  }

  @Test
  void leavesNoTimerBehind() {
    provider.answers(TEXT, COMPLETED);
    UpstreamStream stream = open();
    stream.next();
    stream.next();
    stream.close();

    assertThat(timers.pending()).isZero();
  }

  @Test
  void keepsEverybodyAwayFromAProviderThatIsDown() {
    for (int i = 0; i < 10; i++) {
      provider.answers(lateFailure());
      failureOf(open());
    }
    int asked = provider.timesAsked();

    Failure refused = failureOf(open());

    assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(refused.retryAfter()).isPresent();
    assertThat(provider.timesAsked()).isEqualTo(asked);
  }

  @Test
  void holdsABadKeyAndALeavingBrowserAgainstNobody() {
    for (int i = 0; i < 20; i++) {
      provider.answers(lasting());
      failureOf(open());
      UpstreamStream left = open();
      left.close();
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
  }

  @Test
  void countsAnAnswerAsGoodOnceItHasBegun() {
    provider.answers(STARTED, TEXT, passing(null));
    UpstreamStream stream = open();
    stream.next();
    stream.next();
    failureOf(stream);
    stream.close();

    assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
  }

  private UpstreamStream open() {
    return upstream.stream(new UpstreamRequest("id", List.of(new Message(Role.USER, "Hello"))));
  }

  private static Failure failureOf(UpstreamStream stream) {
    return catchThrowableOfType(
        Failure.class,
        () -> {
          while (true) {
            stream.next();
          }
        });
  }

  private static CompletableFuture<Failure> failureLater(UpstreamStream stream) {
    CompletableFuture<Failure> failure = new CompletableFuture<>();
    Thread.startVirtualThread(() -> failure.complete(failureOf(stream)));
    return failure;
  }

  private static Failure passing(@Nullable Duration retryAfter) {
    Duration wait = retryAfter == null ? Duration.ofMillis(1) : retryAfter;
    return new UpstreamFailure(ErrorCode.OVERLOADED, true, "busy", wait, null);
  }

  private static Failure lasting() {
    return new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "bad key", null, null);
  }

  private static Failure lateFailure() {
    return new Failure(ErrorCode.TIMEOUT, "late");
  }

  private static RetryConfig retryConfig() {
    var config = RetryConfig.<UpstreamEvent>custom().maxAttempts(3);
    new ResiliencePolicy().retryTransientFailures().customize(config);
    return config.build();
  }

  private static CircuitBreakerConfig breakerConfig() {
    var config =
        CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(10)
            .failureRateThreshold(50);
    new ResiliencePolicy().countOutages().customize(config);
    return config.build();
  }
}

package dev.minimalchat.gateway.upstream.resilience;

import static java.lang.Thread.State.TIMED_WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Attempt;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Retry, timeouts and circuit breaker together; [TimeoutStreamTest] has the timeouts in detail.
class ResilientUpstreamTest {
  private static final UpstreamEvent CREATED = new UpstreamEvent.Created("r", "m");
  private static final UpstreamEvent TEXT = new UpstreamEvent.TextDelta("text");
  private static final UpstreamEvent COMPLETED = new UpstreamEvent.Completed(null);

  private static final Duration FIRST_EVENT = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final Duration TOTAL = Duration.ofMinutes(5);
  private static final Duration OPEN = Duration.ofSeconds(10);

  private final ScriptedUpstream provider = new ScriptedUpstream();
  private final FakeScheduler timers = new FakeScheduler();
  private final CircuitBreaker breaker = CircuitBreaker.of("provider", breakerConfig());
  private final Upstream upstream = upstream(Duration.ofMillis(1));

  private int callers;

  @Test
  void sendsNoRequestBeforeTheFirstRead() {
    open();

    assertThat(provider.attempts()).isZero();
  }

  @Test
  void retriesATransientFailureBeforeTheFirstContentEvent() {
    provider
        .respondsWith(transientFailure(null))
        .respondsWith(CREATED, transientFailure(null))
        .respondsWith(TEXT, COMPLETED);
    UpstreamStream stream = open();

    assertThat(stream.next()).isInstanceOf(Attempt.class);
    assertThat(stream.next()).isInstanceOf(Attempt.class);
    assertThat(stream.next()).isEqualTo(CREATED);
    assertThat(stream.next()).isInstanceOf(Attempt.class);
    assertThat(stream.next()).isEqualTo(TEXT);
    assertThat(provider.attempts()).isEqualTo(3);
    assertThat(provider.response(0).closed.getCount()).isZero();
    assertThat(provider.response(1).closed.getCount()).isZero();
  }

  @Test
  void givesUpAfterThreeAttempts() {
    provider
        .respondsWith(transientFailure(null))
        .respondsWith(transientFailure(null))
        .respondsWith(transientFailure(null))
        .respondsWith(TEXT);

    assertThat(failureOf(open()).code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(provider.attempts()).isEqualTo(3);
  }

  @Test
  void announcesEachAttemptWithTheFailureOfTheOneBefore() {
    Failure failure = transientFailure(null);
    provider.respondsWith(CREATED, failure).respondsWith(TEXT);
    UpstreamStream stream = open();

    assertThat(stream.next()).isEqualTo(new Attempt(null));
    assertThat(stream.next()).isEqualTo(CREATED);
    assertThat(stream.next()).isEqualTo(new Attempt(failure));
    assertThat(stream.next()).isEqualTo(TEXT);
  }

  @Test
  void triesAPlain500Twice() {
    provider.respondsWith(serverError()).respondsWith(serverError()).respondsWith(TEXT);

    assertThat(failureOf(open()).code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
    assertThat(provider.attempts()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.001S"})
  void aRetryAfterOfTheProviderDoesNotShortenTheBackoff(Duration retryAfter) throws Exception {
    provider.respondsWith(transientFailure(retryAfter)).respondsWith(TEXT);
    UpstreamStream stream = upstream(Duration.ofHours(1)).stream(request("caller"));
    CompletableFuture<Failure> waiting = new CompletableFuture<>();
    Thread reader = Thread.startVirtualThread(() -> waiting.complete(failureOf(stream)));

    await().atMost(TestTimeouts.LIMIT).until(() -> reader.getState() == TIMED_WAITING);
    assertThat(provider.attempts()).isEqualTo(1);
    stream.close();

    waiting.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    assertThat(provider.attempts()).isEqualTo(1);
  }

  @Test
  void doesNotRetryAPermanentFailure() {
    provider.respondsWith(permanentFailure()).respondsWith(TEXT);

    assertThat(failureOf(open()).code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
    assertThat(provider.attempts()).isEqualTo(1);
  }

  @Test
  void doesNotRetryWhenRetryAfterExceedsTheMaximumDelay() {
    provider.respondsWith(transientFailure(Duration.ofHours(24))).respondsWith(TEXT);

    assertThat(failureOf(open()).retryAfter()).contains(Duration.ofHours(24));
    assertThat(provider.attempts()).isEqualTo(1);
  }

  @Test
  void doesNotRetryAfterTheFirstContentEvent() {
    provider.respondsWith(TEXT, transientFailure(null)).respondsWith(TEXT);
    UpstreamStream stream = open();
    readUntilText(stream);

    assertThat(failureOf(stream).code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(provider.attempts()).isEqualTo(1);
  }

  @Test
  void doesNotRetryAfterClose() throws Exception {
    provider.respondsWith(transientFailure(Duration.ofSeconds(5))).respondsWith(TEXT);
    UpstreamStream stream = open();
    CompletableFuture<Failure> waiting = failureLater(stream);
    stream.close();

    waiting.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    assertThat(provider.attempts()).isLessThanOrEqualTo(1);
  }

  @Test
  void throwsTimeoutWithoutAFirstEvent() throws Exception {
    CompletableFuture<Failure> failure = failureLater(open());
    provider.response(0).awaitBlocked();
    timers.advance(FIRST_EVENT);

    assertThat(failure.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).code())
        .isEqualTo(ErrorCode.TIMEOUT);
    assertThat(provider.attempts()).isEqualTo(1);
  }

  @Test
  void throwsTimeoutAfterTheIdleTimeout() throws Exception {
    provider.respondsWith(TEXT);
    UpstreamStream stream = open();
    readUntilText(stream);
    CompletableFuture<Failure> failure = failureLater(stream);
    provider.response(0).awaitBlocked();
    timers.advance(IDLE);

    assertThat(failure.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).code())
        .isEqualTo(ErrorCode.TIMEOUT);
  }

  @Test
  void cancelsAllTimersOnClose() {
    provider.respondsWith(TEXT, COMPLETED);
    UpstreamStream stream = open();
    readUntilText(stream);
    stream.next();
    stream.close();

    assertThat(timers.pending()).isZero();
  }

  @Test
  void rejectsRequestsWhileTheCircuitBreakerIsOpen() {
    for (int i = 0; i < 10; i++) {
      provider.respondsWith(timeout());
      failureOf(open());
    }
    int attempts = provider.attempts();

    Failure rejected = failureOf(open());

    assertThat(rejected.code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(rejected.retryAfter()).isPresent();
    assertThat(provider.attempts()).isEqualTo(attempts);
  }

  @Test
  void triesAgainWhenTheBreakerHasBeenOpenLongEnough() {
    for (int i = 0; i < 10; i++) {
      provider.respondsWith(timeout());
      failureOf(open());
    }
    timers.changeComputerClock(Duration.ofHours(-1));
    timers.advance(OPEN.plusMillis(1));
    provider.respondsWith(TEXT);

    readUntilText(open());

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
  }

  @Test
  void oneCallerWhoseQuestionsAlwaysFailDoesNotTakeTheServiceFromTheOthers() {
    for (int i = 0; i < 40; i++) {
      provider.respondsWith(timeout());
      failureOf(upstream.stream(request("always fails")));
      if (i % 4 == 0) {
        provider.respondsWith(TEXT);
        readUntilText(open());
      }
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(10);
  }

  @Test
  void aPermanentFailureOfAnotherCallerDoesNotMakeARepeatedFailureCount() {
    for (int i = 0; i < 20; i++) {
      provider.respondsWith(timeout());
      failureOf(upstream.stream(request("always fails")));
      provider.respondsWith(permanentFailure());
      failureOf(open());
    }

    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
  }

  @Test
  void failuresOfTwoCallersOpenTheBreaker() {
    for (int i = 0; i < 10; i++) {
      provider.respondsWith(timeout());
      failureOf(upstream.stream(request(i % 2 == 0 ? "one" : "other")));
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  @Test
  void ignoresPermanentFailuresAndClosedStreamsInTheCircuitBreaker() {
    for (int i = 0; i < 20; i++) {
      provider.respondsWith(permanentFailure());
      failureOf(open());
      UpstreamStream closed = open();
      closed.close();
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
  }

  @Test
  void recordsSuccessAtTheFirstContentEvent() {
    provider.respondsWith(CREATED, TEXT, transientFailure(null));
    UpstreamStream stream = open();
    readUntilText(stream);
    failureOf(stream);
    stream.close();

    assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
  }

  /// A request of a new caller.
  private UpstreamStream open() {
    return upstream.stream(request("caller-" + callers++));
  }

  private static UpstreamRequest request(String caller) {
    return new UpstreamRequest("id", List.of(new Message(Role.USER, JsonText.of("Hello"))))
        .withCaller(caller);
  }

  private static void readUntilText(UpstreamStream stream) {
    UpstreamEvent event;
    do {
      event = stream.next();
    } while (!event.equals(TEXT));
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

  private static Failure transientFailure(@Nullable Duration retryAfter) {
    return new UpstreamFailure(ErrorCode.OVERLOADED, true, "busy", retryAfter, null);
  }

  private static Failure serverError() {
    return new UpstreamFailure(ErrorCode.PROVIDER_ERROR, true, "500", null, null).asServerError();
  }

  private static Failure permanentFailure() {
    return new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "bad key", null, null);
  }

  private static Failure timeout() {
    return new Failure(ErrorCode.TIMEOUT, "timeout");
  }

  private Upstream upstream(Duration backoff) {
    return new ResilientUpstream(
        provider,
        Retry.of("provider", retryConfig(backoff)),
        new TimeoutPolicy(TimeLimiter.of(FIRST_EVENT), IDLE, TimeLimiter.of(TOTAL), timers),
        new FairCircuitBreaker(breaker));
  }

  private static RetryConfig retryConfig(Duration backoff) {
    var config = RetryConfig.<UpstreamEvent>custom().maxAttempts(3);
    ResilienceConfiguration.retryTransientFailures(IntervalFunction.of(backoff)).customize(config);
    return config.build();
  }

  private CircuitBreakerConfig breakerConfig() {
    var config =
        CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(10)
            .failureRateThreshold(50)
            .waitDurationInOpenState(OPEN);
    new ResilienceConfiguration().countOutages(timers).customize(config);
    return config.build();
  }
}

package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.KeepAlive;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The circuit breaker of [ResilientUpstream].
class FairCircuitBreakerTest extends ResilientUpstreamFixture {
  /// The permitted calls of a half-open breaker.
  private static final int PROBES = 10;

  @Test
  void rejectsRequestsWhileTheCircuitBreakerIsOpen() {
    openBreaker();
    int attempts = provider.attempts();

    Failure rejected = failureOf(open());

    assertThat(rejected.code()).isEqualTo(ErrorCode.OVERLOADED);
    assertThat(rejected.retryAfter()).isPresent();
    assertThat(provider.attempts()).isEqualTo(attempts);
  }

  @Test
  void triesAgainWhenTheBreakerHasBeenOpenLongEnough() {
    openBreaker();
    timers.changeComputerClock(Duration.ofHours(-1));
    timers.advance(OPEN.plusMillis(1));
    provider.respondsWith(TEXT);

    readUntilText(open());

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
  }

  @Test
  void modelsThatStillThinkCloseAHalfOpenBreaker() {
    openBreaker();
    timers.advance(OPEN.plusMillis(1));
    for (int i = 0; i < PROBES; i++) {
      provider.respondsWith(CREATED, new InProgress());
      read(open(), InProgress.class);
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void aProviderThatOnlyKeepsTheConnectionAliveDoesNotCloseTheBreaker() {
    openBreaker();
    timers.advance(OPEN.plusMillis(1));
    for (int i = 0; i < PROBES; i++) {
      provider.respondsWith(CREATED, new KeepAlive());
      read(open(), KeepAlive.class);
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
  }

  /// The permitted calls are all in the provider's queue, and until one has a result, all others
  /// are rejected.
  @Test
  void aProviderThatHasQueuedTheRequestsForSecondsClosesAHalfOpenBreaker() {
    openBreaker();
    timers.advance(OPEN.plusMillis(1));
    for (int i = 0; i < PROBES; i++) {
      provider.respondsWith(CREATED, new KeepAlive(), new KeepAlive());
      UpstreamStream queued = open();
      read(queued, KeepAlive.class);
      timers.advance(Duration.ofSeconds(6));
      read(queued, KeepAlive.class);
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void aModelThatStopsThinkingIsAFailureWhileTheBreakerIsClosed() {
    for (int i = 0; i < 10; i++) {
      provider.respondsWith(CREATED, new InProgress(), timeout());
      failureOf(open());
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  @Test
  void oneCallerOpensTheBreakerWhereTheOthersHaveAFallback() {
    for (int i = 0; i < 10; i++) {
      provider.respondsWith(timeout());
      failureOf(upstreamWithFallback().stream(request("the only caller")));
    }

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  private void openBreaker() {
    for (int i = 0; i < 10; i++) {
      provider.respondsWith(timeout());
      failureOf(open());
    }
  }

  private static void read(UpstreamStream stream, Class<? extends UpstreamEvent> last) {
    while (!last.isInstance(stream.next())) {}
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
}

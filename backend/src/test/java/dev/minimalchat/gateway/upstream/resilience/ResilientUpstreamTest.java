package dev.minimalchat.gateway.upstream.resilience;

import static java.lang.Thread.State.TIMED_WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Attempt;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Retry and timeouts together; [TimeoutStreamTest] has the timeouts in detail.
class ResilientUpstreamTest extends ResilientUpstreamFixture {

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
}

package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.InputItem.EncryptedReasoning;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Attempt;
import dev.minimalchat.gateway.upstream.UpstreamEvent.KeepAlive;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The change from a failing provider to the fallback, each with its own retries and breaker.
class FallbackStreamTest extends FallbackStreamFixture {

  @Test
  void doesNotAskTheFallbackWhileThePrimaryAnswers() {
    provider.respondsWith(CREATED, TEXT, COMPLETED);

    assertThat(read(answer(true)))
        .containsExactly(new Attempt(null), new KeepAlive(), CREATED, TEXT, COMPLETED);
    assertThat(fallback.attempts()).isZero();
  }

  static Failure[] failuresOfTheProvider() {
    return new Failure[] {
      permanentFailure(),
      new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "401", null, null).asPermanent(),
      new UpstreamFailure(ErrorCode.CONTEXT_TOO_LONG, false, "too long", null, null),
      new Failure(ErrorCode.PROVIDER_ERROR, "the response is empty"),
      timeout()
    };
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheProvider")
  void asksTheFallbackWhereThePrimaryFails(Failure failure) {
    provider.respondsWith(failure);
    fallback.respondsWith(FALLBACK_CREATED, TEXT, COMPLETED);

    assertThat(read(answer(false)))
        .containsExactly(
            new Attempt(null),
            new Attempt(failure, MODEL),
            new KeepAlive(),
            FALLBACK_CREATED,
            TEXT,
            COMPLETED);
    assertThat(provider.attempts()).isEqualTo(1);
  }

  @Test
  void asksTheFallbackAfterAllAttemptsOfThePrimary() {
    provider
        .respondsWith(transientFailure(null))
        .respondsWith(transientFailure(null))
        .respondsWith(transientFailure(null));
    fallback.respondsWith(transientFailure(null)).respondsWith(TEXT, COMPLETED);

    assertThat(read(answer(false))).endsWith(TEXT, COMPLETED);
    assertThat(provider.attempts()).isEqualTo(3);
    assertThat(fallback.attempts()).isEqualTo(2);
  }

  @Test
  void asksTheFallbackAtOnceWhileTheBreakerOfThePrimaryIsOpen() {
    breaker.transitionToOpenState();
    fallback.respondsWith(TEXT, COMPLETED);

    assertThat(read(answer(false))).endsWith(TEXT, COMPLETED);
    assertThat(provider.attempts()).isZero();
  }

  @Test
  void asksTheFallbackAfterTheFirstEventTimeout() throws Exception {
    provider.respondsWith();
    fallback.respondsWith(TEXT, COMPLETED);
    UpstreamStream stream = answer(false);
    var answer = CompletableFuture.supplyAsync(() -> read(stream));
    provider.response(0).awaitBlocked();

    timers.advance(FIRST_EVENT);

    assertThat(answer.get(10, TimeUnit.SECONDS)).endsWith(TEXT, COMPLETED);
    assertThat(provider.attempts()).isEqualTo(1);
  }

  @Test
  void aRefusalOfTheContentHoldsForBothProviders() {
    UpstreamFailure refusal =
        new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "policy", null, null)
            .asContentPolicy();
    provider.respondsWith(refusal);

    assertThat(failureOf(answer(true))).isSameAs(refusal);
    assertThat(fallback.requests()).isEmpty();
  }

  static Failure[] failuresOfTheGateway() {
    return new Failure[] {
      new Failure(ErrorCode.OVERLOADED, "over the memory budget"),
      new Failure(ErrorCode.INTERNAL, "unexpected")
    };
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheGateway")
  void aFailureOfTheGatewayItselfDoesNotReachTheFallback(Failure failure) {
    provider.respondsWith(failure);

    assertThat(failureOf(answer(true))).isSameAs(failure);
    assertThat(fallback.requests()).isEmpty();
  }

  @Test
  void sendsTheWholeRequestToTheFallbackForItsOwnModel() {
    Message question = new Message(Role.USER, JsonText.of("Hello"));
    UpstreamRequest request =
        new UpstreamRequest(
            "id",
            List.of(new EncryptedReasoning(JsonText.of("secret of the primary")), question),
            AnswerOptions.NONE.withModel("primary-model"));
    provider.respondsWith(permanentFailure());
    fallback.respondsWith(TEXT, COMPLETED);

    read(providers.stream(request));

    UpstreamRequest sent = fallback.requests().getFirst();
    assertThat(sent.input()).containsExactly(question);
    assertThat(sent.options().model()).isNull();
    assertThat(sent.requestId()).isEqualTo("id");
  }

  @Test
  void asksTheFallbackWhereTheAnswerOfThePrimaryIsEmpty() {
    provider.respondsWith(CREATED, EMPTY);
    fallback.respondsWith(FALLBACK_CREATED, TEXT, COMPLETED);

    List<UpstreamEvent> events = read(answer(false));

    assertThat(events).endsWith(FALLBACK_CREATED, TEXT, COMPLETED).doesNotContain(EMPTY);
    assertThat(events)
        .as("the failure, with the tokens that the empty answer has used")
        .anySatisfy(event ->
            assertThat(event)
                .isInstanceOfSatisfying(
                    Attempt.class, it -> assertThat(usage(it.previous())).isEqualTo(USAGE)));
  }

  @Test
  void anAnswerThatIsEmptyForAKnownReasonIsAnAnswer() {
    UpstreamEvent filtered = new UpstreamEvent.Incomplete("content_filter", null);
    provider.respondsWith(CREATED, filtered);

    assertThat(read(answer(true))).endsWith(CREATED, filtered);
    assertThat(fallback.requests()).isEmpty();
  }

  @Test
  void anAnswerThatIsEmptyAfterItsTextIsAnAnswer() {
    provider.respondsWith(CREATED, TEXT, EMPTY);

    assertThat(read(answer(true))).endsWith(TEXT, EMPTY);
    assertThat(fallback.requests()).isEmpty();
  }

  @Test
  void theEmptyAnswerOfTheFallbackIsIncomplete() {
    provider.respondsWith(permanentFailure());
    fallback.respondsWith(FALLBACK_CREATED, EMPTY);

    assertThat(read(answer(true))).endsWith(FALLBACK_CREATED, EMPTY);
  }

  @Test
  void theTotalTimeoutCoversBothProviders() throws Exception {
    provider.respondsWith(permanentFailure());
    fallback.respondsWith(new UpstreamEvent.InProgress());
    var failure = failureLater(answer(false));
    while (fallback.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    fallback.response(0).awaitBlocked();

    for (Duration elapsed = Duration.ZERO;
        elapsed.compareTo(TOTAL) < 0;
        elapsed = elapsed.plus(IDLE)) {
      timers.advance(IDLE);
    }

    assertThat(failure.get(10, TimeUnit.SECONDS)).has(Failures.code(ErrorCode.TIMEOUT));
  }

  @Test
  void theTotalTimeoutDoesNotReachTheFallback() throws Exception {
    provider.respondsWith();
    UpstreamStream stream =
        new FallbackStream(
            new FallbackUpstream(
                upstream(provider, breaker),
                upstream(fallback, fallbackBreaker),
                MODEL,
                Duration.ofSeconds(1),
                timers),
            request("caller"));
    var failure = failureLater(stream);
    while (provider.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    provider.response(0).awaitBlocked();

    timers.advance(Duration.ofSeconds(1));

    assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessageContaining("TOTAL_TIMEOUT");
    assertThat(fallback.requests()).isEmpty();
  }

  @Test
  void aClosedAnswerDoesNotReachTheFallback() throws Exception {
    provider.respondsWith();
    UpstreamStream stream = answer(true);
    var failure = failureLater(stream);
    provider.response(0).awaitBlocked();

    stream.close();

    assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessage("closed by the gateway");
    assertThat(fallback.requests()).isEmpty();
    assertThat(timers.pending()).isZero();
  }
}

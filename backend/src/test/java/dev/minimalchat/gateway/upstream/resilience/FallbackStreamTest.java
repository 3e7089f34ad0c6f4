package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.InputItem.EncryptedReasoning;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Attempt;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.KeepAlive;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Restarted;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import dev.minimalchat.gateway.upstream.Usage;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The change from a failing provider to the fallback, each with its own retries and breaker.
class FallbackStreamTest extends ResilientUpstreamFixture {
  private static final String MODEL = "fallback-model";
  private static final Created FALLBACK_CREATED = new Created("r2", "m2");
  private static final TextDelta OTHER_TEXT = new TextDelta("other");
  private static final Usage USAGE = new Usage(1, 0, 2, 0, 3);
  private static final UpstreamEvent EMPTY = new UpstreamEvent.Incomplete("no_output", USAGE);

  private final ScriptedUpstream fallback = new ScriptedUpstream();
  private final CircuitBreaker fallbackBreaker =
      CircuitBreaker.of("fallback", breaker.getCircuitBreakerConfig());
  private final Upstream providers =
      new FallbackUpstream(
          upstreamWithFallback(), upstream(fallback, fallbackBreaker), MODEL, TOTAL, timers);

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
  void startsTheAnswerAgainAfterAFailureInTheMiddle() {
    Failure cut = transientFailure(null);
    provider.respondsWith(CREATED, TEXT, cut);
    fallback.respondsWith(FALLBACK_CREATED, OTHER_TEXT, COMPLETED);

    assertThat(read(answer(true)))
        .containsExactly(
            new Attempt(null),
            new KeepAlive(),
            CREATED,
            TEXT,
            new Attempt(cut, MODEL),
            new KeepAlive(),
            new Restarted("r2", "m2"),
            OTHER_TEXT,
            COMPLETED);
  }

  @Test
  void aRestartedAnswerIsOfTheFallbackModelWhereTheProviderNamesNone() {
    provider.respondsWith(CREATED, TEXT, transientFailure(null));
    fallback.respondsWith(OTHER_TEXT, COMPLETED);

    assertThat(read(answer(true))).contains(new Restarted(null, MODEL));
  }

  @Test
  void doesNotStartAgainForAClientThatDoesNotUnderstandIt() {
    Failure cut = transientFailure(null);
    provider.respondsWith(CREATED, TEXT, cut);

    assertThat(failureOf(answer(false))).isSameAs(cut);
    assertThat(fallback.requests()).isEmpty();
  }

  @Test
  void startsAgainAtMostOnce() {
    Failure second = transientFailure(null);
    provider.respondsWith(CREATED, TEXT, transientFailure(null));
    fallback.respondsWith(FALLBACK_CREATED, OTHER_TEXT, second);

    assertThat(failureOf(answer(true)))
        .has(Failures.code(second.code()))
        .hasMessage("primary: busy; fallback: busy");
    assertThat(fallback.attempts()).isEqualTo(1);
    assertThat(provider.attempts()).isEqualTo(1);
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

  @ParameterizedTest
  @ValueSource(strings = {"no_output", "content_filter"})
  void theEmptyAnswerOfTheFallbackDoesNotTakeTheTextBack(String reason) {
    provider.respondsWith(CREATED, TEXT, transientFailure(null));
    fallback.respondsWith(FALLBACK_CREATED, new UpstreamEvent.Incomplete(reason, USAGE));
    List<UpstreamEvent> events = new ArrayList<>();

    Failure failure = failureOf(answer(true), events);

    assertThat(events).contains(TEXT).doesNotHaveAnyElementsOfTypes(Restarted.class);
    assertThat(failure).hasMessage("primary: busy; fallback: the provider's answer is empty");
    assertThat(usage(failure)).isEqualTo(USAGE);
  }

  @Test
  void reportsTheUsageOfThePrimaryWhereTheFallbackIsNotAsked() {
    provider.respondsWith(CREATED, ((UpstreamFailure) permanentFailure()).withUsage(USAGE));
    fallbackBreaker.transitionToOpenState();

    Failure failure = failureOf(answer(true));

    assertThat(failure).hasMessageEndingWith("fallback: the circuit breaker is open");
    assertThat(usage(failure)).isEqualTo(USAGE);
  }

  @Test
  void keepsTheTextUntilTheFallbackHasSome() {
    provider.respondsWith(CREATED, TEXT, transientFailure(null));
    fallback.respondsWith(FALLBACK_CREATED, permanentFailure());
    List<UpstreamEvent> events = new ArrayList<>();

    UpstreamStream stream = answer(true);
    Failure failure = failureOf(stream, events);

    assertThat(events).contains(TEXT).doesNotHaveAnyElementsOfTypes(Restarted.class);
    assertThat(failure).isNotNull();
  }

  @Test
  void reasoningIsNoContentThatTheClientHasSeen() {
    provider.respondsWith(CREATED, new UpstreamEvent.InProgress(9), permanentFailure());
    fallback.respondsWith(FALLBACK_CREATED, TEXT, COMPLETED);

    assertThat(read(answer(false)))
        .endsWith(FALLBACK_CREATED, TEXT, COMPLETED)
        .doesNotHaveAnyElementsOfTypes(Restarted.class);
  }

  @Test
  void reportsTheFailureOfTheFallbackAndLogsBoth() {
    provider.respondsWith(permanentFailure());
    fallback.respondsWith(timeout());

    assertThat(failureOf(answer(false)))
        .has(Failures.code(ErrorCode.TIMEOUT))
        .hasMessage("primary: bad key; fallback: timeout");
  }

  @Test
  void reportsThatARetryCanSucceedWhereTheFallbackIsMisconfigured() {
    Duration wait = Duration.ofSeconds(30);
    UpstreamFailure badKey =
        new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "401", null, null)
            .asPermanent()
            .withUsage(USAGE);
    provider.respondsWith(transientFailure(wait));
    fallback.respondsWith(badKey);

    Failure failure = failureOf(answer(false));

    assertThat(failure).has(Failures.code(ErrorCode.OVERLOADED));
    assertThat(failure).has(Failures.isRetryable(true));
    assertThat(failure.retryAfter()).contains(wait);
    assertThat(usage(failure)).isEqualTo(USAGE);
  }

  @Test
  void aConversationThatIsTooLongForBothIsTooLong() {
    provider.respondsWith(
        new UpstreamFailure(ErrorCode.CONTEXT_TOO_LONG, false, "one", null, null));
    fallback.respondsWith(
        new UpstreamFailure(ErrorCode.CONTEXT_TOO_LONG, false, "two", null, null));

    assertThat(failureOf(answer(false))).has(Failures.code(ErrorCode.CONTEXT_TOO_LONG));
  }

  @Test
  void reportsThatTheConversationIsTooLongWhereTheFallbackIsMisconfigured() {
    provider.respondsWith(
        new UpstreamFailure(ErrorCode.CONTEXT_TOO_LONG, false, "too long", null, null));
    fallback.respondsWith(
        new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "401", null, null).asPermanent());

    assertThat(failureOf(answer(false))).has(Failures.code(ErrorCode.CONTEXT_TOO_LONG));
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

  @Test
  void closesTheStreamOfThePrimaryBeforeTheFallbackIsAsked() {
    provider.respondsWith(CREATED, TEXT, transientFailure(null));
    fallback.respondsWith(TEXT, COMPLETED);

    read(answer(true));

    assertThat(provider.response(0).closed.getCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void holdsTheRequestOnlyWhileItCanBeSentAgain(boolean mayRestart) {
    provider.respondsWith(CREATED, TEXT, COMPLETED);
    UpstreamStream stream = answer(mayRestart);

    assertThat(stream.holdsRequest()).isTrue();
    readUntilText(stream);
    assertThat(stream.holdsRequest()).isEqualTo(mayRestart);
  }

  @Test
  void anAnswerWhoseRequestIsReleasedDoesNotStartAgain() {
    Failure cut = transientFailure(null);
    provider.respondsWith(CREATED, TEXT, cut);
    UpstreamStream stream = answer(true);
    readUntilText(stream);

    assertThat(stream.releaseRequest()).isTrue();
    assertThat(stream.releaseRequest()).as("a second time").isFalse();

    assertThat(failureOf(stream)).isSameAs(cut);
  }

  private UpstreamStream answer(boolean mayRestart) {
    return providers.stream(request("caller").withRestart(mayRestart));
  }

  private static List<UpstreamEvent> read(UpstreamStream stream) {
    List<UpstreamEvent> events = new ArrayList<>();
    do {
      events.add(stream.next());
    } while (!events.getLast().isTerminal());
    return events;
  }

  private static @Nullable Usage usage(@Nullable Failure failure) {
    return failure instanceof UpstreamFailure upstream ? upstream.usage() : null;
  }

  private static Failure failureOf(UpstreamStream stream, List<UpstreamEvent> events) {
    try {
      while (true) {
        events.add(stream.next());
      }
    } catch (Failure failure) {
      return failure;
    }
  }
}

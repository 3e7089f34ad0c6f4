package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Attempt;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.KeepAlive;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Restarted;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An answer that begins again with the fallback, after the client has seen some of it.
class FallbackRestartTest extends FallbackStreamFixture {

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
  void theWorkOfTheFallbackWaitsForItsTextWhileTheClientHasText() {
    provider.respondsWith(CREATED, TEXT, transientFailure(null));
    fallback.respondsWith(
        FALLBACK_CREATED, THOUGHT, OTHER_TEXT, new UpstreamEvent.FileSearch(1), COMPLETED);

    assertThat(read(answer(true)))
        .endsWith(
            new InProgress(),
            new Restarted("r2", "m2"),
            OTHER_TEXT,
            new UpstreamEvent.FileSearch(1),
            COMPLETED);
  }

  @Test
  void theWorkOfTheFallbackReplacesThatOfTheProvider() {
    provider.respondsWith(CREATED, THOUGHT, transientFailure(null));
    fallback.respondsWith(FALLBACK_CREATED, THOUGHT, OTHER_TEXT, COMPLETED);

    assertThat(read(answer(true)))
        .endsWith(new Restarted("r2", "m2"), THOUGHT, OTHER_TEXT, COMPLETED);
  }

  @Test
  void anAnswerWithReasoningAloneIsAFailureWhereTheFallbackMayAnswer() {
    provider.respondsWith(CREATED, THOUGHT, EMPTY);
    fallback.respondsWith(FALLBACK_CREATED, OTHER_TEXT, COMPLETED);

    assertThat(read(answer(true))).endsWith(new Restarted("r2", "m2"), OTHER_TEXT, COMPLETED);
  }

  @Test
  void anAnswerWithReasoningAloneEndsForAClientThatDoesNotUnderstandARestart() {
    provider.respondsWith(CREATED, THOUGHT, EMPTY);

    assertThat(read(answer(false))).endsWith(THOUGHT, EMPTY);
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
}

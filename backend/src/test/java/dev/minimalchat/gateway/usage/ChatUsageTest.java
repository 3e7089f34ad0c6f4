package dev.minimalchat.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Attempt;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.RefusalDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Unknown;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.Usage;
import dev.minimalchat.gateway.usage.ChatUsage.CompletedChat;
import dev.minimalchat.gateway.usage.DailyTokenBudget.Reservation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChatUsageTest {
  private static final Usage USAGE = new Usage(3, 1, 4, 2, 7);

  private final FakeScheduler scheduler = new FakeScheduler();
  private final List<CompletedChat> recorded = new ArrayList<>();
  private final ChatUsage usage =
      new CapturingRecorder().start(TestUsage.aRequest(), TestUsage.PAGE);

  @BeforeEach
  void sendTheRequest() {
    usage.onEvent(new Attempt(null));
  }

  @Test
  void recordsNothingBeforeTheEnd() {
    usage.onEvent(new TextDelta("text"));

    assertThat(recorded).isEmpty();
  }

  @Test
  void countsEveryEvent() {
    onEvents(
        new Created("resp_1", "m"),
        new InProgress(),
        new Unknown(),
        new TextDelta("a"),
        new RefusalDelta("b"),
        new Completed(null));

    assertThat(completed().events()).isEqualTo(6);
  }

  @Test
  void takesTheModelFromTheCreatedEvent() {
    onEvents(new Created("resp_1", "dated-model"), new Completed(null));

    assertThat(completed().model()).isEqualTo("dated-model");
  }

  @Test
  void hasNoModelWithoutACreatedEvent() {
    onEvents(new TextDelta("text"), new Completed(null));

    assertThat(completed().model()).isNull();
  }

  @Test
  void measuresTheLatencyFromStartToFinish() {
    scheduler.advance(Duration.ofMillis(100));
    onEvents(new TextDelta("text"));
    scheduler.advance(Duration.ofMillis(250));

    assertThat(completed().latency()).isEqualTo(Duration.ofMillis(350));
  }

  static UpstreamEvent[] deltas() {
    return new UpstreamEvent[] {new TextDelta("text"), new RefusalDelta("refusal")};
  }

  @ParameterizedTest
  @MethodSource("deltas")
  void measuresTheFirstTokenAtTheFirstDelta(UpstreamEvent delta) {
    scheduler.advance(Duration.ofMillis(50));
    onEvents(new Created("resp_1", "m"), new InProgress());
    scheduler.advance(Duration.ofMillis(100));
    onEvents(delta);
    scheduler.advance(Duration.ofMillis(200));
    onEvents(delta, new Completed(null));

    assertThat(completed().firstToken()).isEqualTo(Duration.ofMillis(150));
  }

  @Test
  void hasNoFirstTokenWithoutADelta() {
    onEvents(new Created("resp_1", "m"), new InProgress(), new Completed(USAGE));

    assertThat(completed().firstToken()).isNull();
  }

  static UpstreamEvent[] terminalEventsWithUsage() {
    return new UpstreamEvent[] {new Completed(USAGE), new Incomplete("max_output_tokens", USAGE)};
  }

  @ParameterizedTest
  @MethodSource("terminalEventsWithUsage")
  void takesUsageAndTokensFromTheTerminalEvent(UpstreamEvent terminal) {
    onEvents(new TextDelta("a text much longer than its tokens"), terminal);

    CompletedChat chat = completed();
    assertThat(chat.usage()).isEqualTo(USAGE);
    assertThat(chat.tokens()).isEqualTo(7);
    assertThat(chat.estimatedTokens()).isZero();
  }

  @Test
  void aTotalSmallerThanItsPartsIsTheirSum() {
    onEvents(new TextDelta("text"), new Completed(new Usage(1200, 0, 700, 0, 5)));

    assertThat(completed().tokens()).isEqualTo(1900);
  }

  static UpstreamEvent[] terminalEventsWithoutUsage() {
    return new UpstreamEvent[] {new Completed(null), new Incomplete("max_output_tokens", null)};
  }

  @ParameterizedTest
  @MethodSource("terminalEventsWithoutUsage")
  void estimatesOneTokenForTwoCharactersWithoutUsage(UpstreamEvent terminal) {
    onEvents(new TextDelta("12345678"), new RefusalDelta("12"), terminal);

    CompletedChat chat = completed();
    assertThat(chat.usage()).isNull();
    assertThat(chat.tokens()).as("of 10 + 8 + 2 characters").isEqualTo(10);
  }

  @Test
  void roundsTheEstimateUp() {
    onEvents(new TextDelta("1"));

    assertThat(finish(Outcome.FAILED).tokens()).as("of 10 + 1 characters").isEqualTo(6);
  }

  @Test
  void estimatesAnAnswerThatTheClientClosesBeforeItsUsage() {
    onEvents(new TextDelta("Ten letter"));

    assertThat(finish(Outcome.CLIENT_CLOSED).tokens()).isEqualTo(10);
  }

  @Test
  void estimatesARequestThatTheClientClosesBeforeTheFirstEvent() {
    assertThat(finish(Outcome.CLIENT_CLOSED).tokens()).isEqualTo(5);
  }

  @Test
  void estimatesAnAnswerThatFailsAfterItsFirstEvent() {
    onEvents(new Created("resp_1", "m"));

    assertThat(finish(Outcome.FAILED).tokens()).isEqualTo(5);
  }

  @Test
  void estimatesReasoningThatTheClientDoesNotWaitFor() {
    onEvents(new Created("resp_1", "m"), new InProgress(110_000));

    assertThat(finish(Outcome.CLIENT_CLOSED).tokens()).as("of 10 + 110,000").isEqualTo(55_005);
  }

  @Test
  void estimatesARequestThatTimesOutBeforeTheFirstEvent() {
    assertThat(finish(new Failure(ErrorCode.TIMEOUT, "timeout")).tokens()).isEqualTo(5);
  }

  static Failure[] failuresOfTheProvider() {
    return new Failure[] {busy(), new Failure(ErrorCode.PROVIDER_ERROR, "a 200 with a web page")};
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheProvider")
  void aRequestThatTheProviderRefusesCostsNoTokens(Failure failure) {
    assertThat(finish(failure).tokens()).isZero();
  }

  @Test
  void takesTheUsageOfAFailedAnswer() {
    onEvents(new Created("resp_1", "m"));

    assertThat(finish(busy().withUsage(USAGE)).usage()).isEqualTo(USAGE);
  }

  @Test
  void countsEveryAttemptThatTheProviderWorkedOn() {
    onEvents(
        new Created("resp_1", "m"), // the input, 5 tokens
        new Attempt(busy().withUsage(USAGE)), // replaces the estimate by 7 tokens
        new Created("resp_2", "m"),
        new InProgress(10), // the input and the reasoning, 10 tokens
        new Attempt(busy()),
        new Attempt(busy()), // nothing
        new TextDelta("text"),
        new Completed(USAGE)); // 7 tokens

    CompletedChat chat = completed();
    assertThat(chat.attempts()).isEqualTo(4);
    assertThat(chat.events()).as("of the provider").isEqualTo(5);
    assertThat(chat.usage()).isEqualTo(new Usage(6, 2, 8, 4, 14));
    assertThat(chat.estimatedTokens()).isEqualTo(10);
    assertThat(chat.tokens()).isEqualTo(24);
  }

  @Test
  void aRequestThatWasNeverSentCostsNoTokens() {
    ChatUsage unsent = new CapturingRecorder().start(TestUsage.aRequest(), TestUsage.PAGE);

    unsent.finish(Outcome.FAILED, 503, new Failure(ErrorCode.OVERLOADED, "the breaker is open"));

    assertThat(recorded.getLast().attempts()).isZero();
    assertThat(recorded.getLast().tokens()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void recordsOutcomeStatusAndFailure(Outcome outcome) {
    Failure failure = new Failure(ErrorCode.TIMEOUT, "timeout");

    usage.finish(outcome, 504, failure);

    assertThat(recorded)
        .singleElement()
        .satisfies(chat -> {
          assertThat(chat.outcome()).isEqualTo(outcome);
          assertThat(chat.status()).isEqualTo(504);
          assertThat(chat.failure()).isSameAs(failure);
        });
  }

  private static UpstreamFailure busy() {
    return new UpstreamFailure(ErrorCode.OVERLOADED, true, "busy", null, null);
  }

  private void onEvents(UpstreamEvent... events) {
    for (UpstreamEvent event : events) {
      usage.onEvent(event);
    }
  }

  private CompletedChat completed() {
    return finish(Outcome.COMPLETED);
  }

  private CompletedChat finish(Failure failure) {
    usage.finish(Outcome.FAILED, failure.code().status().value(), failure);
    return recorded.getLast();
  }

  private CompletedChat finish(Outcome outcome) {
    usage.finish(outcome, 200, null);
    return recorded.getLast();
  }

  /// Keeps what it should record.
  private final class CapturingRecorder extends UsageRecorder {
    CapturingRecorder() {
      this(new SimpleMeterRegistry());
    }

    private CapturingRecorder(SimpleMeterRegistry meters) {
      super(
          meters,
          TestUsage.PROVIDER,
          TestUsage.SETTINGS,
          TestUsage.noTraces(),
          TestUsage.budget(null, meters, scheduler),
          scheduler);
    }

    @Override
    void record(Span span, Reservation reservation, CompletedChat chat) {
      recorded.add(chat);
    }
  }
}

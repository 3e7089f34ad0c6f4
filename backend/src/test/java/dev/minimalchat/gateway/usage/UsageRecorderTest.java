package dev.minimalchat.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.AnswerOptions.Tools;
import dev.minimalchat.gateway.upstream.HostedTool;
import dev.minimalchat.gateway.upstream.ProviderSettings;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Attempt;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.Usage;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

class UsageRecorderTest {
  private static final UpstreamProperties SETTINGS =
      ProviderSettings.of(TestUsage.PROVIDER.base(), "system", 50, null);
  private static final Usage USAGE = new Usage(30, 10, 40, 20, 70);

  private final FakeScheduler scheduler = new FakeScheduler();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CountingTraces traces = new CountingTraces();
  private final DailyTokenBudget budget = TestUsage.budget(100L, meters, scheduler);
  private final UsageRecorder recorder =
      new UsageRecorder(meters, TestUsage.PROVIDER, SETTINGS, traces, budget, scheduler);
  @AutoClose private final UsageLines log = new UsageLines();

  @Test
  void writesOneUsageLineWithAllFields() {
    complete();

    assertThat(log.messages()).containsExactly("chat");
    assertThat(log.lines())
        .containsExactly(
            Map.ofEntries(
                Map.entry("route", "POST /v1/chat"),
                Map.entry("status", 200),
                Map.entry("outcome", "completed"),
                Map.entry("provider", "custom"),
                Map.entry("requested_model", "request-model"),
                Map.entry("model", "dated-model"),
                Map.entry("attempts", 1),
                Map.entry("latency_ms", 350L),
                Map.entry("first_token_ms", 150L),
                Map.entry("events", 3L),
                Map.entry("input_tokens", 30L),
                Map.entry("cached_tokens", 10L),
                Map.entry("output_tokens", 40L),
                Map.entry("reasoning_tokens", 20L)));
  }

  @Test
  void aProgramsOwnLimitReservesNoMoreThanAUsualAnswer() {
    SimpleMeterRegistry own = new SimpleMeterRegistry();
    DailyTokenBudget large = TestUsage.budget(10_000L, own, scheduler);
    UsageRecorder unlimited =
        new UsageRecorder(own, TestUsage.PROVIDER, TestUsage.SETTINGS, traces, large, scheduler);

    unlimited.start(withMaxOutputTokens(1_000_000), TestUsage.PAGE);
    unlimited.start(withMaxOutputTokens(16), TestUsage.PAGE);

    assertThat(own.get("gateway.budget.reserved").gauge().value()).isEqualTo(1_000 + 16 + 2 * 2);
  }

  @Test
  void writesErrorAndCauseOfAFailureAndUnknownTokens() {
    fail();

    assertThat(log.messages()).containsExactly("chat");
    assertThat(log.lines())
        .containsExactly(
            Map.ofEntries(
                Map.entry("route", "POST /v1/chat"),
                Map.entry("status", 504),
                Map.entry("outcome", "failed"),
                Map.entry("provider", "custom"),
                Map.entry("requested_model", "request-model"),
                Map.entry("model", "request-model"),
                Map.entry("attempts", 1),
                Map.entry("estimated_tokens", 8L),
                Map.entry("latency_ms", 200L),
                Map.entry("first_token_ms", "none"),
                Map.entry("events", 0L),
                Map.entry("input_tokens", "unknown"),
                Map.entry("cached_tokens", "unknown"),
                Map.entry("output_tokens", "unknown"),
                Map.entry("reasoning_tokens", "unknown"),
                Map.entry("error", "timeout"),
                Map.entry("cause", "the cause for the log")));
  }

  @Test
  void recordsTheDurationWithTheTagsOfTheAnswer() {
    complete();
    fail();

    Timer completed =
        meters
            .get("gen_ai.client.operation.duration")
            .tags("gen_ai.operation.name", "chat", "gen_ai.provider.name", "custom")
            .tags("gen_ai.request.model", "request-model")
            .tags("outcome", "completed", "error.type", "none")
            .timer();
    Timer failed =
        meters
            .get("gen_ai.client.operation.duration")
            .tags("outcome", "failed", "error.type", "timeout")
            .timer();
    assertThat(completed.count()).isEqualTo(1);
    assertThat(completed.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(350);
    assertThat(failed.count()).isEqualTo(1);
    assertThat(failed.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(200);
  }

  @Test
  void recordsTheTimeToTheFirstChunk() {
    complete();
    fail();

    Timer timer =
        meters
            .get("gen_ai.client.operation.time_to_first_chunk")
            .tags("gen_ai.operation.name", "chat", "gen_ai.provider.name", "custom")
            .tags("gen_ai.request.model", "request-model")
            .timer();
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(150);
  }

  @Test
  void recordsInputAndOutputTokens() {
    complete();

    assertThat(tokens("input")).isEqualTo(30);
    assertThat(tokens("output")).isEqualTo(40);
  }

  @Test
  void recordsNoTokenMetricsWithoutUsage() {
    fail();

    assertThat(meters.get("gen_ai.client.token.usage").summaries())
        .hasSize(2)
        .allMatch(summary -> summary.count() == 0);
  }

  @Test
  void addsTheTokensToTheBudget() {
    complete();

    assertThat(meters.get("gateway.budget.used").gauge().value()).isEqualTo(70);
  }

  @Test
  void countsSearchesOnce() {
    ChatUsage usage = recorder.start(TestUsage.aRequest(), TestUsage.PAGE);
    usage.onEvent(new UpstreamEvent.Attempt(null));
    usage.onEvent(new UpstreamEvent.WebSearch(0, null, null));
    usage.onEvent(new UpstreamEvent.WebSearch(0, "query", null));
    usage.onEvent(new UpstreamEvent.FileSearch(1));
    usage.onEvent(new UpstreamEvent.ReasoningSummary(0, "Hm"));
    usage.finish(Outcome.CLIENT_CLOSED, 200, null);

    assertThat(log.lines().getFirst())
        .containsEntry("searches", 2)
        .containsEntry("first_token_ms", "none")
        .containsEntry("estimated_tokens", 2 * 4_000L + (10 + 6 + 2) / 2);
  }

  @Test
  void reservesMoreForASearch() {
    var page = new AnswerOptions.PageOptions(List.of(HostedTool.WEB_SEARCH), false, false, true);
    var request =
        new UpstreamRequest(
            "r-1", TestUsage.aRequest().input(), AnswerOptions.ofPage("request-model", page));
    recorder.start(request, TestUsage.PAGE);

    assertThat(meters.get("gateway.budget.reserved").gauge().value()).isEqualTo(4 + 50 + 8_000);
  }

  @Test
  void reservesAnEstimateUntilTheEnd() {
    ChatUsage usage = recorder.start(TestUsage.aRequest(), TestUsage.PAGE);

    assertThat(meters.get("gateway.budget.reserved").gauge().value())
        .as("(10 + 6 characters) / 4 + MAX_OUTPUT_TOKENS")
        .isEqualTo(54);

    usage.finish(Outcome.CLIENT_CLOSED, 499, null);
    assertThat(meters.get("gateway.budget.reserved").gauge().value()).isZero();
  }

  @Test
  void startsOneSpanForEachAnswer() {
    complete();
    fail();

    assertThat(traces.started).isEqualTo(2);
  }

  @Test
  void anExhaustedBudgetStartsNoSpanAndWritesNoLine() {
    budget.reserve(0).settle(100);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> recorder.start(TestUsage.aRequest(), TestUsage.PAGE))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OVERLOADED));

    assertThat(traces.started).isZero();
    assertThat(log.messages()).isEmpty();
  }

  private static UpstreamRequest withMaxOutputTokens(int tokens) {
    AnswerOptions options =
        new AnswerOptions("request-model", tokens, null, null, Tools.NONE, null, false);
    return new UpstreamRequest("r-1", TestUsage.aRequest().input(), options);
  }

  /// First token after 150 ms, end after 350 ms.
  private void complete() {
    ChatUsage usage = recorder.start(TestUsage.aRequest(), TestUsage.PAGE);
    usage.onEvent(new Attempt(null));
    usage.onEvent(new Created("resp_1", "dated-model"));
    scheduler.advance(Duration.ofMillis(150));
    usage.onEvent(new TextDelta("text"));
    scheduler.advance(Duration.ofMillis(200));
    usage.onEvent(new Completed(USAGE));
    usage.finish(Outcome.COMPLETED, 200, null);
  }

  /// A failure after 200 ms, before the first event.
  private void fail() {
    ChatUsage usage = recorder.start(TestUsage.aRequest(), TestUsage.PAGE);
    usage.onEvent(new Attempt(null));
    scheduler.advance(Duration.ofMillis(200));
    usage.finish(Outcome.FAILED, 504, new Failure(ErrorCode.TIMEOUT, "the cause for the log"));
  }

  private double tokens(String type) {
    return meters
        .get("gen_ai.client.token.usage")
        .tags("gen_ai.operation.name", "chat", "gen_ai.provider.name", "custom")
        .tags("gen_ai.request.model", "request-model", "gen_ai.token.type", type)
        .summary()
        .totalAmount();
  }

  /// Tracing without an exporter that counts the started spans.
  private static final class CountingTraces extends Traces {
    private int started;

    CountingTraces() {
      super(new Telemetry(new StandardEnvironment()), TestUsage.PROVIDER);
    }

    @Override
    Span start(String model) {
      started++;
      return super.start(model);
    }
  }
}

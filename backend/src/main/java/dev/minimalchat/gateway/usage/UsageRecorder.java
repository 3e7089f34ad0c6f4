package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.Usage;
import dev.minimalchat.gateway.usage.ChatUsage.CompletedChat;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/// Records each answer: one structured log line, the metrics of the OpenTelemetry conventions for
/// generative AI, the token budget and the span.
@Component
public class UsageRecorder {
  private static final Logger log = LoggerFactory.getLogger("usage");

  /// 10 ms to 82 s, doubling.
  private static final Duration[] DURATION_BUCKETS =
      Stream.iterate(Duration.ofMillis(10), bucket -> bucket.multipliedBy(2))
          .limit(14)
          .toArray(Duration[]::new);

  /// 1 to 67 million, in powers of four.
  private static final double[] TOKEN_BUCKETS =
      DoubleStream.iterate(1, bucket -> bucket * 4).limit(14).toArray();

  private final InstantSource clock;
  private final Traces traces;
  private final DailyTokenBudget budget;
  private final String requestModel;
  private final MeterProvider<Timer> duration;
  private final Timer timeToFirstChunk;
  private final DistributionSummary inputTokens;
  private final DistributionSummary outputTokens;

  UsageRecorder(
      MeterRegistry meters,
      Provider provider,
      Traces traces,
      DailyTokenBudget budget,
      TaskScheduler timers) {
    this.clock = timers.getClock();
    this.traces = traces;
    this.budget = budget;
    this.requestModel = provider.model();
    Tags tags =
        Tags.of(
            "gen_ai.operation.name", "chat",
            "gen_ai.provider.name", provider.name(),
            "gen_ai.request.model", provider.model());
    this.duration = timer("gen_ai.client.operation.duration", tags).withRegistry(meters);
    this.timeToFirstChunk =
        timer("gen_ai.client.operation.time_to_first_chunk", tags).register(meters);
    this.inputTokens = tokens(tags, "input").register(meters);
    this.outputTokens = tokens(tags, "output").register(meters);
  }

  /// Checks the budget, then starts the span of one answer.
  ///
  /// @throws Failure if the daily token budget is exhausted
  public ChatUsage start(UpstreamRequest request) {
    budget.checkAvailable();
    return new ChatUsage(this, clock, traces.start(), request.characters());
  }

  Map<String, String> traceHeaders(Span span) {
    return traces.headers(span);
  }

  void record(Span span, CompletedChat chat) {
    log(chat);
    count(chat);
    budget.add(chat.tokens());
    traces.end(span, chat);
  }

  /// Tokens without usage from the provider are `unknown`, never 0. The request id is in the MDC.
  private void log(CompletedChat chat) {
    Duration firstToken = chat.firstToken();
    Usage usage = chat.usage();
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("route", "POST /v1/chat")
            .addKeyValue("status", chat.status())
            .addKeyValue("outcome", chat.outcome().label())
            .addKeyValue("model", chat.model() == null ? requestModel : chat.model())
            .addKeyValue("latency_ms", chat.latency().toMillis())
            .addKeyValue("first_token_ms", firstToken == null ? "none" : firstToken.toMillis())
            .addKeyValue("events", chat.events())
            .addKeyValue("input_tokens", usage == null ? "unknown" : usage.inputTokens())
            .addKeyValue("cached_tokens", usage == null ? "unknown" : usage.cachedTokens())
            .addKeyValue("output_tokens", usage == null ? "unknown" : usage.outputTokens())
            .addKeyValue("reasoning_tokens", usage == null ? "unknown" : usage.reasoningTokens());
    if (chat.failure() != null) {
      line =
          line.addKeyValue("error", chat.failure().code().code())
              .addKeyValue("cause", chat.failure().getMessage());
    }
    line.log("chat");
  }

  private void count(CompletedChat chat) {
    String error = chat.failure() == null ? "none" : chat.failure().code().code();
    Tags tags = Tags.of("error.type", error, "outcome", chat.outcome().label());
    duration.withTags(tags).record(chat.latency());
    if (chat.firstToken() != null) {
      timeToFirstChunk.record(chat.firstToken());
    }
    if (chat.usage() != null) {
      inputTokens.record((double) chat.usage().inputTokens());
      outputTokens.record((double) chat.usage().outputTokens());
    }
  }

  private static Timer.Builder timer(String name, Tags tags) {
    return Timer.builder(name).tags(tags).serviceLevelObjectives(DURATION_BUCKETS);
  }

  private static DistributionSummary.Builder tokens(Tags tags, String type) {
    return DistributionSummary.builder("gen_ai.client.token.usage")
        .baseUnit("token")
        .tags(tags.and("gen_ai.token.type", type))
        .serviceLevelObjectives(TOKEN_BUCKETS);
  }
}

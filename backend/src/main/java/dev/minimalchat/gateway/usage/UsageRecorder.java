package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.Usage;
import dev.minimalchat.gateway.usage.ChatUsage.CompletedChat;
import dev.minimalchat.gateway.usage.DailyTokenBudget.Reservation;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  /// A reservation is replaced at the end, so an average suffices.
  private static final int EXPECTED_CHARACTERS_PER_TOKEN = 4;

  /// Without `MAX_OUTPUT_TOKENS`.
  private static final int EXPECTED_OUTPUT_TOKENS = 1_000;

  /// Input that the results of a search add, for each tool that the model may use.
  private static final int EXPECTED_SEARCH_TOKENS = 8_000;

  /// The name of the fallback provider.
  private static final String FALLBACK = "fallback";

  /// Of the page, in a metric's tag.
  private static final String NO_API_TOKEN = "none";

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
  private final Provider provider;
  private final UpstreamProperties settings;
  private final MeterProvider<Timer> duration;
  private final MeterProvider<Timer> timeToFirstChunk;
  private final MeterProvider<DistributionSummary> inputTokens;
  private final MeterProvider<DistributionSummary> outputTokens;

  UsageRecorder(
      MeterRegistry meters,
      Provider provider,
      UpstreamProperties settings,
      Traces traces,
      DailyTokenBudget budget,
      TaskScheduler timers) {
    this.clock = timers.getClock();
    this.traces = traces;
    this.budget = budget;
    this.provider = provider;
    this.settings = settings;
    Tags tags = Tags.of("gen_ai.operation.name", "chat");
    this.duration = timer("gen_ai.client.operation.duration", tags).withRegistry(meters);
    this.timeToFirstChunk =
        timer("gen_ai.client.operation.time_to_first_chunk", tags).withRegistry(meters);
    this.inputTokens = tokens(tags, "input").withRegistry(meters);
    this.outputTokens = tokens(tags, "output").withRegistry(meters);
    // Dashboards show them before the first answer.
    Tags first = tags(provider.name(), new Caller("", null, null), provider.model());
    var _ = timeToFirstChunk.withTags(first);
    var _ = inputTokens.withTags(first);
    var _ = outputTokens.withTags(first);
  }

  /// Reserves the tokens of one answer, then starts its span.
  ///
  /// @throws Failure if the daily token budget is exhausted
  public ChatUsage start(UpstreamRequest request, Caller caller) {
    String systemPrompt = Objects.requireNonNullElse(settings.systemPrompt(), "");
    long characters = request.characters() + systemPrompt.length();
    Reservation reservation = budget.reserve(expectedTokens(characters, request.options()));
    String model = Objects.requireNonNullElse(request.options().model(), provider.model());
    Span span = traces.start(model);
    return new ChatUsage(this, clock, reservation, span, characters, caller, model);
  }

  private long expectedTokens(long characters, AnswerOptions options) {
    long output = expectedOutputTokens(options.maxOutputTokens());
    long searches = (long) EXPECTED_SEARCH_TOKENS * options.page().tools().size();
    return characters / EXPECTED_CHARACTERS_PER_TOKEN + output + searches;
  }

  /// A program's own limit, which is often the model's, says little about its answers: without a
  /// limit of the operator it must not reserve the budget of all others.
  private int expectedOutputTokens(@Nullable Integer requested) {
    int expected = Objects.requireNonNullElse(settings.maxOutputTokens(), EXPECTED_OUTPUT_TOKENS);
    return requested == null ? expected : Math.min(requested, expected);
  }

  Map<String, String> traceHeaders(Span span) {
    return traces.headers(span);
  }

  void record(Span span, Reservation reservation, CompletedChat chat) {
    reservation.settle(chat.tokens());
    log(chat);
    count(chat);
    traces.end(span, chat);
  }

  /// Tokens without usage from the provider are `unknown`, never 0. The request id is in the MDC.
  private void log(CompletedChat chat) {
    Duration firstToken = chat.firstToken();
    Usage usage = chat.usage();
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("route", chat.caller().route())
            .addKeyValue("status", chat.status())
            .addKeyValue("outcome", chat.outcome().label())
            .addKeyValue("provider", provider(chat))
            .addKeyValue("requested_model", chat.requestedModel())
            .addKeyValue("model", chat.answeringModel())
            .addKeyValue("attempts", chat.attempts())
            .addKeyValue("latency_ms", chat.latency().toMillis())
            .addKeyValue("first_token_ms", firstToken == null ? "none" : firstToken.toMillis())
            .addKeyValue("events", chat.events())
            .addKeyValue("input_tokens", usage == null ? "unknown" : usage.inputTokens())
            .addKeyValue("cached_tokens", usage == null ? "unknown" : usage.cachedTokens())
            .addKeyValue("output_tokens", usage == null ? "unknown" : usage.outputTokens())
            .addKeyValue("reasoning_tokens", usage == null ? "unknown" : usage.reasoningTokens());
    if (chat.caller().tokenName() != null) {
      line = line.addKeyValue("token_name", chat.caller().tokenName());
    }
    if (chat.caller().userHash() != null) {
      line = line.addKeyValue("user_hash", chat.caller().userHash());
    }
    if (chat.searches() > 0) {
      line = line.addKeyValue("searches", chat.searches());
    }
    if (chat.estimatedTokens() > 0) {
      line = line.addKeyValue("estimated_tokens", chat.estimatedTokens());
    }
    if (chat.failure() != null) {
      line =
          line.addKeyValue("error", chat.failure().code().code())
              .addKeyValue("cause", chat.failure().getMessage());
    }
    line.log("chat");
  }

  private void count(CompletedChat chat) {
    String error = chat.failure() == null ? "none" : chat.failure().code().code();
    Tags tags = tags(provider(chat), chat.caller(), chat.requestedModel());
    duration
        .withTags(tags.and("error.type", error, "outcome", chat.outcome().label()))
        .record(chat.latency());
    if (chat.firstToken() != null) {
      timeToFirstChunk.withTags(tags).record(chat.firstToken());
    }
    if (chat.usage() != null) {
      inputTokens.withTags(tags).record((double) chat.usage().inputTokens());
      outputTokens.withTags(tags).record((double) chat.usage().outputTokens());
    }
  }

  /// As many combinations as there are models in `MODELS` and names in `API_TOKENS` and
  /// `ACCESS_CODE`.
  private static Tags tags(String provider, Caller caller, String model) {
    String token = Objects.requireNonNullElse(caller.tokenName(), NO_API_TOKEN);
    return Tags.of(
        "gen_ai.provider.name", provider, "gen_ai.request.model", model, "token_name", token);
  }

  private String provider(CompletedChat chat) {
    return chat.fallbackModel() == null ? provider.name() : FALLBACK;
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

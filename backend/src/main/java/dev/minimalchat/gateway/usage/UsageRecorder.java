package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Prompt;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Usage;
import dev.minimalchat.gateway.usage.Account.Exchange;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.stereotype.Component;

/// Tells operators about each answer: one structured line, metrics named and bucketed as the
/// OpenTelemetry conventions for generative AI have them, and a trace where one is wanted.
@Component
public class UsageRecorder {
  private static final Logger log = LoggerFactory.getLogger("usage");

  /// 10 ms, doubled thirteen times.
  private static final Duration[] DURATIONS =
      Stream.iterate(Duration.ofMillis(10), bucket -> bucket.multipliedBy(2))
          .limit(14)
          .toArray(Duration[]::new);

  /// 1, multiplied by four thirteen times.
  private static final double[] TOKENS =
      DoubleStream.iterate(1, bucket -> bucket * 4).limit(14).toArray();

  private final Clock clock;
  private final Traces traces;
  private final Budget budget;
  private final String requestModel;
  private final MeterProvider<Timer> duration;
  private final Timer timeToFirstChunk;
  private final DistributionSummary inputTokens;
  private final DistributionSummary outputTokens;

  UsageRecorder(
      MeterRegistry meters, Clock clock, Provider provider, Traces traces, Budget budget) {
    this.clock = clock;
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

  /// Opens the account of one answer.
  ///
  /// @throws Failure if the day's budget is spent
  public Account open(Prompt prompt) {
    budget.admit();
    return new Account(this, clock, traces.begin(), prompt.characters());
  }

  Map<String, String> trace(Span span) {
    return traces.headers(span);
  }

  void record(Span span, Exchange exchange) {
    log(exchange);
    count(exchange);
    budget.spend(exchange.tokens());
    traces.end(span, exchange);
  }

  /// Tokens that the provider did not count are `unknown`, never 0. The request's id is in the
  /// thread's log context, as on every other line about it.
  private void log(Exchange exchange) {
    Usage usage = exchange.usage();
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("route", "POST /v1/chat")
            .addKeyValue("status", exchange.status())
            .addKeyValue("outcome", exchange.outcome().label())
            .addKeyValue("model", model(exchange))
            .addKeyValue("latency_ms", exchange.latency().toMillis())
            .addKeyValue("first_token_ms", millis(exchange.firstText()))
            .addKeyValue("events", exchange.events())
            .addKeyValue("input_tokens", usage == null ? "unknown" : usage.inputTokens())
            .addKeyValue("cached_tokens", usage == null ? "unknown" : usage.cachedTokens())
            .addKeyValue("output_tokens", usage == null ? "unknown" : usage.outputTokens())
            .addKeyValue("reasoning_tokens", usage == null ? "unknown" : usage.reasoningTokens());
    if (exchange.failure() != null) {
      line =
          line.addKeyValue("error", exchange.failure().code().code())
              .addKeyValue("cause", exchange.failure().getMessage());
    }
    line.log("chat");
  }

  private void count(Exchange exchange) {
    String error = exchange.failure() == null ? "none" : exchange.failure().code().code();
    Tags tags = Tags.of("error.type", error, "outcome", exchange.outcome().label());
    duration.withTags(tags).record(exchange.latency());
    if (exchange.firstText() != null) {
      timeToFirstChunk.record(exchange.firstText());
    }
    if (exchange.usage() != null) {
      inputTokens.record((double) exchange.usage().inputTokens());
      outputTokens.record((double) exchange.usage().outputTokens());
    }
  }

  private static Timer.Builder timer(String name, Tags tags) {
    return Timer.builder(name).tags(tags).serviceLevelObjectives(DURATIONS);
  }

  private static DistributionSummary.Builder tokens(Tags tags, String type) {
    return DistributionSummary.builder("gen_ai.client.token.usage")
        .baseUnit("token")
        .tags(tags.and("gen_ai.token.type", type))
        .serviceLevelObjectives(TOKENS);
  }

  private String model(Exchange exchange) {
    return exchange.model() == null ? requestModel : exchange.model();
  }

  private static Object millis(@Nullable Duration duration) {
    return duration == null ? "none" : duration.toMillis();
  }
}

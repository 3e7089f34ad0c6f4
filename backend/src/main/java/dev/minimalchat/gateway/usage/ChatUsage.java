package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects the metrics of one answer and records them at its end. It keeps no content. Not
/// thread-safe: the stream thread uses it.
public final class ChatUsage {
  private final UsageRecorder recorder;
  private final InstantSource clock;
  private final Span span;
  private final Instant start;
  private long characters;
  private @Nullable String model;
  private @Nullable Instant firstToken;
  private @Nullable Usage usage;
  private long events;

  /// @param characters of the request, in UTF-16 code units
  ChatUsage(UsageRecorder recorder, InstantSource clock, Span span, long characters) {
    this.recorder = recorder;
    this.clock = clock;
    this.span = span;
    this.start = clock.instant();
    this.characters = characters;
  }

  public void onEvent(UpstreamEvent event) {
    events++;
    switch (event) {
      case UpstreamEvent.Created(_, String responseModel) -> model = responseModel;
      case UpstreamEvent.Completed(Usage reported) -> usage = reported;
      case UpstreamEvent.Incomplete(_, Usage reported) -> usage = reported;
      case UpstreamEvent.TextDelta(String text) -> onText(text);
      case UpstreamEvent.RefusalDelta(String text) -> onText(text);
      case UpstreamEvent.InProgress _, UpstreamEvent.Unknown _ -> {}
    }
  }

  /// Writes the usage line of this answer and updates metrics, budget and span.
  ///
  /// @param status the HTTP status that the client received
  public void finish(Outcome outcome, int status, @Nullable Failure failure) {
    recorder.record(
        span,
        new CompletedChat(
            outcome,
            status,
            failure,
            model,
            Duration.between(start, clock.instant()),
            firstToken == null ? null : Duration.between(start, firstToken),
            events,
            usage,
            tokens(outcome)));
  }

  /// The tokens of this answer. Without usage from the provider they are estimated at one token for
  /// two characters, which no language exceeds on average; an answer that failed before its first
  /// event costs nothing.
  private long tokens(Outcome outcome) {
    if (usage != null) {
      return usage.totalTokens();
    }
    return events > 0 || outcome == Outcome.CLIENT_CLOSED ? Math.ceilDiv(characters, 2) : 0;
  }

  /// The W3C trace context headers of this answer's span; empty without tracing.
  public Map<String, String> traceHeaders() {
    return recorder.traceHeaders(span);
  }

  private void onText(String text) {
    characters += text.length();
    if (firstToken == null) {
      firstToken = clock.instant();
    }
  }

  /// The metrics of an answer that has ended.
  ///
  /// @param status 200 from the commit on, however the answer ended
  /// @param model the model that answered, if the provider reported it
  /// @param tokens input and output, estimated without usage
  record CompletedChat(
      Outcome outcome,
      int status,
      @Nullable Failure failure,
      @Nullable String model,
      Duration latency,
      @Nullable Duration firstToken,
      long events,
      @Nullable Usage usage,
      long tokens) {}
}

package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import io.opentelemetry.api.trace.Span;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one answer cost and how it went, kept while it runs and settled at its end. It counts; it
/// never sees content. Used by the answer's own thread.
public final class Account {
  private final UsageRecorder recorder;
  private final Clock clock;
  private final Span span;
  private final Instant start;
  private long characters;
  private @Nullable String model;
  private @Nullable Instant firstText;
  private @Nullable Usage usage;
  private long events;

  /// @param characters of what is asked
  Account(UsageRecorder recorder, Clock clock, Span span, long characters) {
    this.recorder = recorder;
    this.clock = clock;
    this.span = span;
    this.start = clock.instant();
    this.characters = characters;
  }

  public void note(UpstreamEvent event) {
    events++;
    switch (event) {
      case UpstreamEvent.Started(_, String answering) -> model = answering;
      case UpstreamEvent.Completed(Usage counted) -> usage = counted;
      case UpstreamEvent.Incomplete(_, Usage counted) -> usage = counted;
      case UpstreamEvent.TextDelta(String text) -> noteText(text);
      case UpstreamEvent.RefusalDelta(String text) -> noteText(text);
      case UpstreamEvent.Working _, UpstreamEvent.Unknown _ -> {}
    }
  }

  /// Writes the one line of this answer and counts it.
  ///
  /// @param status what the browser was answered with
  public void settle(Outcome outcome, int status, @Nullable Failure failure) {
    recorder.record(
        span,
        new Exchange(
            outcome,
            status,
            failure,
            model,
            Duration.between(start, clock.instant()),
            firstText == null ? null : Duration.between(start, firstText),
            events,
            usage,
            tokens(outcome)));
  }

  /// What it cost, as far as anybody can know. Where the provider did not come to say it, an answer
  /// that had begun or that its reader left is not free: no language needs more than a token for
  /// two characters on average.
  private long tokens(Outcome outcome) {
    if (usage != null) {
      return usage.totalTokens();
    }
    return events > 0 || outcome == Outcome.CLIENT_CLOSED ? Math.ceilDiv(characters, 2) : 0;
  }

  /// The headers that tie what the provider traces to this answer; none where nothing is traced.
  public Map<String, String> trace() {
    return recorder.trace(span);
  }

  private void noteText(String text) {
    characters += text.length();
    if (firstText == null) {
      firstText = clock.instant();
    }
  }

  /// A settled account.
  ///
  /// @param status 200 once the stream had begun, however it ended
  /// @param model what answered, where the provider says so
  /// @param tokens in and out, estimated where there is no usage
  record Exchange(
      Outcome outcome,
      int status,
      @Nullable Failure failure,
      @Nullable String model,
      Duration latency,
      @Nullable Duration firstText,
      long events,
      @Nullable Usage usage,
      long tokens) {}
}

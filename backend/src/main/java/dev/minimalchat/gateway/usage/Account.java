package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.Usage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one answer cost and how it went, kept while it runs and written as one line at its end. It
/// counts; it never sees content. Used by the answer's own thread.
public final class Account {
  private static final Logger log = LoggerFactory.getLogger("usage");

  private final Clock clock;
  private final String requestId;
  private final Instant start;
  private String model;
  private @Nullable Instant firstText;
  private @Nullable Usage usage;
  private long events;

  public Account(Clock clock, String requestId, String model) {
    this.clock = clock;
    this.requestId = requestId;
    this.model = model;
    this.start = clock.instant();
  }

  public void note(UpstreamEvent event) {
    events++;
    switch (event) {
      case UpstreamEvent.Started(_, String answering) when answering != null -> model = answering;
      case UpstreamEvent.Completed(Usage counted) -> usage = counted;
      case UpstreamEvent.Incomplete(_, Usage counted) -> usage = counted;
      case UpstreamEvent.TextDelta _, UpstreamEvent.RefusalDelta _ -> noteText();
      case UpstreamEvent.Started _, UpstreamEvent.Working _, UpstreamEvent.Unknown _ -> {}
    }
  }

  /// Writes the line. Tokens that the provider did not count are `unknown`, never 0.
  public void close(Outcome outcome, @Nullable ErrorCode error) {
    log.info(
        "chat request_id={} outcome={} error={} model={} latency_ms={} first_token_ms={} events={}"
            + " input_tokens={} cached_tokens={} output_tokens={} reasoning_tokens={}",
        requestId,
        outcome.label(),
        error == null ? "none" : error.code(),
        model,
        millis(clock.instant()),
        firstText == null ? "none" : millis(firstText),
        events,
        usage == null ? "unknown" : usage.inputTokens(),
        usage == null ? "unknown" : usage.cachedTokens(),
        usage == null ? "unknown" : usage.outputTokens(),
        usage == null ? "unknown" : usage.reasoningTokens());
  }

  private void noteText() {
    if (firstText == null) {
      firstText = clock.instant();
    }
  }

  private long millis(Instant until) {
    return Duration.between(start, until).toMillis();
  }
}

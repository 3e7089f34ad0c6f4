package dev.minimalchat.gateway.usage;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.Usage;
import dev.minimalchat.gateway.usage.DailyTokenBudget.Reservation;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects the metrics of one answer and records them at its end. It keeps no content. Not
/// thread-safe: the stream thread uses it.
public final class ChatUsage {
  /// No language needs more tokens on average.
  private static final long CHARACTERS_PER_TOKEN = 2;

  /// Input that the results of a search add.
  private static final long TOKENS_PER_SEARCH = 4_000;

  private final UsageRecorder recorder;
  private final InstantSource clock;
  private final Reservation reservation;
  private final Span span;
  private final Instant start;
  private final long inputCharacters;
  private final Caller caller;
  private final String requestedModel;
  private @Nullable String model;
  private @Nullable String fallbackModel;
  private @Nullable Instant firstToken;
  private long events;
  private int searches;
  private int attempts;
  private @Nullable Usage usage;
  private long estimatedTokens;

  // Of the current attempt.
  private boolean accepted;
  private long outputCharacters;
  private final Set<Integer> searchIndices = new HashSet<>();
  private @Nullable Usage reported;

  /// @param inputCharacters of each request to the provider, in UTF-16 code units
  ChatUsage(
      UsageRecorder recorder,
      InstantSource clock,
      Reservation reservation,
      Span span,
      long inputCharacters,
      Caller caller,
      String requestedModel) {
    this.recorder = recorder;
    this.clock = clock;
    this.reservation = reservation;
    this.span = span;
    this.start = clock.instant();
    this.inputCharacters = inputCharacters;
    this.caller = caller;
    this.requestedModel = requestedModel;
  }

  public void onEvent(UpstreamEvent event) {
    switch (event) {
      case UpstreamEvent.Attempt(Failure previous, String newFallbackModel) -> {
        onAttempt(previous);
        fallbackModel = newFallbackModel;
        model = null;
      }
      case UpstreamEvent.Created(_, String responseModel) -> {
        onProviderEvent();
        model = responseModel;
      }
      case UpstreamEvent.Restarted(_, String responseModel) -> {
        onProviderEvent();
        model = responseModel;
      }
      case UpstreamEvent.InProgress(int reasoningCharacters) -> onReasoning(reasoningCharacters);
      case UpstreamEvent.KeepAlive _, UpstreamEvent.Unknown _ -> onProviderEvent();
      case UpstreamEvent.ReasoningSummary(_, String text) -> onReasoning(text);
      case UpstreamEvent.ReasoningText(_, String text) -> onReasoning(text);
      case UpstreamEvent.WebSearch(int index, _, _) -> onSearch(index);
      case UpstreamEvent.FileSearch(int index) -> onSearch(index);
      case UpstreamEvent.Annotation _ -> onProviderEvent();
      case UpstreamEvent.MessageStart _ -> accepted = true;
      case UpstreamEvent.TextDelta(String text) -> onText(text);
      case UpstreamEvent.RefusalDelta(String text) -> onText(text);
      case UpstreamEvent.FunctionCall call -> onText(call.name());
      case UpstreamEvent.FunctionCallArguments(_, String delta) -> onText(delta);
      case UpstreamEvent.FunctionCallDone _, UpstreamEvent.Reasoning _ -> onProviderEvent();
      case UpstreamEvent.Completed(Usage total) -> onEnd(total);
      case UpstreamEvent.Incomplete(_, Usage total) -> onEnd(total);
    }
  }

  /// What the current attempt has used, if the provider has not reported it.
  public Optional<Usage> estimate() {
    return reported == null ? Optional.of(estimated()) : Optional.empty();
  }

  /// Writes the usage line of this answer and updates metrics, budget and span.
  ///
  /// @param status the HTTP status that the client received
  public void finish(Outcome outcome, int status, @Nullable Failure failure) {
    count(failure);
    recorder.record(
        span,
        reservation,
        new CompletedChat(
            caller,
            requestedModel,
            outcome,
            status,
            failure,
            model,
            fallbackModel,
            Duration.between(start, clock.instant()),
            firstToken == null ? null : Duration.between(start, firstToken),
            events,
            searches,
            attempts,
            usage,
            estimatedTokens));
  }

  /// The W3C trace context headers of this answer's span; empty without tracing.
  public Map<String, String> traceHeaders() {
    return recorder.traceHeaders(span);
  }

  private void onAttempt(@Nullable Failure previous) {
    count(previous);
    attempts++;
    accepted = false;
    outputCharacters = 0;
    searchIndices.clear();
    reported = null;
  }

  private void onProviderEvent() {
    events++;
    accepted = true;
  }

  private void onText(String text) {
    onProviderEvent();
    outputCharacters += text.length();
    if (firstToken == null) {
      firstToken = clock.instant();
    }
  }

  private void onReasoning(String text) {
    onReasoning(text.length());
  }

  private void onReasoning(int characters) {
    onProviderEvent();
    outputCharacters += characters;
  }

  /// A search is reported again when its query is known.
  private void onSearch(int index) {
    onProviderEvent();
    if (searchIndices.add(index)) {
      searches++;
    }
  }

  private void onEnd(@Nullable Usage total) {
    onProviderEvent();
    reported = total;
  }

  /// Counts the tokens of the current attempt at its end (docs/decisions/0004): as reported, or
  /// estimated if the provider worked on it. If it failed before its first event, it did not.
  private void count(@Nullable Failure failure) {
    boolean refused = attempts == 0 || (failure != null && isOfProvider(failure));
    if (reported == null && failure instanceof UpstreamFailure upstream) {
      reported = upstream.usage();
    }
    if (reported != null) {
      usage = usage == null ? reported : sum(usage, reported);
    } else if (accepted || !refused) {
      estimatedTokens += estimated().totalTokens();
    }
  }

  private Usage estimated() {
    long input =
        Math.ceilDiv(inputCharacters, CHARACTERS_PER_TOKEN)
            + TOKENS_PER_SEARCH * searchIndices.size();
    long output = Math.ceilDiv(outputCharacters, CHARACTERS_PER_TOKEN);
    return new Usage(input, 0, output, 0, input + output);
  }

  /// Whether the provider failed, rather than the gateway, a timeout or the client.
  private static boolean isOfProvider(Failure failure) {
    return failure instanceof UpstreamFailure || failure.code() == ErrorCode.PROVIDER_ERROR;
  }

  private static Usage sum(Usage one, Usage other) {
    return new Usage(
        one.inputTokens() + other.inputTokens(),
        one.cachedTokens() + other.cachedTokens(),
        one.outputTokens() + other.outputTokens(),
        one.reasoningTokens() + other.reasoningTokens(),
        one.totalTokens() + other.totalTokens());
  }

  /// The metrics of an answer that has ended.
  ///
  /// @param status 200 from the commit on, however the answer ended
  /// @param model the model that answered, if the provider reported it
  /// @param fallbackModel what the fallback provider was asked for; null if it was not asked
  /// @param searches of the web and of documents, in all attempts
  /// @param attempts requests to the providers
  /// @param usage of all attempts that reported it; null if none did
  /// @param estimatedTokens of all attempts that did not
  record CompletedChat(
      Caller caller,
      String requestedModel,
      Outcome outcome,
      int status,
      @Nullable Failure failure,
      @Nullable String model,
      @Nullable String fallbackModel,
      Duration latency,
      @Nullable Duration firstToken,
      long events,
      int searches,
      int attempts,
      @Nullable Usage usage,
      long estimatedTokens) {

    /// The model that answered, as far as it is known.
    String answeringModel() {
      String expected = Objects.requireNonNullElse(fallbackModel, requestedModel);
      return Objects.requireNonNullElse(model, expected);
    }

    /// For the budget. The sum corrects a total that is smaller than its parts.
    long tokens() {
      long reported =
          usage == null
              ? 0
              : Math.max(usage.totalTokens(), usage.inputTokens() + usage.outputTokens());
      return reported + estimatedTokens;
    }
  }
}

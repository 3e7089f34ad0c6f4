package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.Deadline;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import dev.minimalchat.gateway.upstream.Usage;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer of the primary provider or, where that fails, of the fallback. Before the first
/// content the change is invisible to the client; after it the answer begins again, if the request
/// allows that. The fallback gets the original request, never a part of the first answer.
///
/// [UpstreamEvent.Created] is held back until the first content, because only then it is certain
/// whose answer it is.
final class FallbackStream implements UpstreamStream {
  private static final Logger log = LoggerFactory.getLogger(FallbackStream.class);

  private final FallbackUpstream providers;
  private final boolean mayRestart;

  /// For the fallback. Null once it is asked, or cannot be asked any more.
  private final AtomicReference<@Nullable UpstreamRequest> request;

  private final Queue<UpstreamEvent> pending = new ArrayDeque<>();
  private volatile UpstreamStream current;
  private volatile boolean closed;
  private volatile boolean expired;
  private @Nullable Deadline total;
  private UpstreamEvent.Created created = new UpstreamEvent.Created(null, null);
  private @Nullable Failure primaryFailure;

  /// Whether an [UpstreamEvent.Attempt] has reported the failure of the primary.
  private boolean primaryFailureReported;

  /// Of the answer, and of the current provider's part of it.
  private boolean hasContent;

  /// Whether the part of the first provider has more than the model's work.
  private boolean hasText;

  private boolean currentHasText;
  private boolean currentHasContent;

  FallbackStream(FallbackUpstream providers, UpstreamRequest request) {
    this.providers = providers;
    this.mayRestart = request.restart();
    this.request = new AtomicReference<>(request);
    this.current = providers.primary().stream(request);
  }

  @Override
  public UpstreamEvent next() {
    if (total == null) {
      total = Deadline.start(providers.timers(), providers.total(), this::expire);
    }
    while (pending.isEmpty()) {
      try {
        add(current.next());
      } catch (Failure failure) {
        onFailure(failure);
      }
    }
    return pending.remove();
  }

  @Override
  public boolean ready() {
    return !pending.isEmpty() || current.ready();
  }

  @Override
  public boolean holdsRequest() {
    return request.get() != null;
  }

  @Override
  public boolean releaseRequest() {
    return request.getAndSet(null) != null;
  }

  @Override
  public void close() {
    closed = true;
    if (total != null) {
      total.close();
    }
    current.close();
  }

  private void expire() {
    expired = true;
    closed = true;
    current.close();
  }

  private void add(UpstreamEvent event) {
    switch (event) {
      case UpstreamEvent.Created it when !currentHasContent -> {
        created = it;
        pending.add(new UpstreamEvent.KeepAlive());
      }
      case UpstreamEvent.Attempt(Failure previous, _) when primaryFailure != null -> {
        primaryFailureReported = true;
        pending.add(
            new UpstreamEvent.Attempt(
                previous == null ? primaryFailure : previous, providers.fallbackModel()));
      }
      default -> {
        if (isBeforeText(event)) {
          pending.add(new UpstreamEvent.InProgress());
          return;
        }
        checkNotEmpty(event);
        if (event.isContent() && !currentHasContent) {
          onFirstContent();
        }
        currentHasText |= event.isContent() && !event.isWork();
        pending.add(event);
      }
    }
  }

  /// Whether it shows the work on an answer that begins again, while the client still has the text
  /// of the first one. That is kept until there is new text.
  private boolean isBeforeText(UpstreamEvent event) {
    return event.isWork() && hasText && !currentHasContent;
  }

  /// An answer without output is a failure where another provider may still give one, and where the
  /// client would lose the text that it has.
  private void checkNotEmpty(UpstreamEvent event) {
    boolean isWithoutOutput = event instanceof UpstreamEvent.Incomplete end && end.isEmpty();
    boolean losesText = hasText && !currentHasContent && event.isTerminal();
    if (losesText || (isWithoutOutput && !currentHasText && holdsRequest())) {
      Usage usage = event instanceof UpstreamEvent.Incomplete end ? end.usage() : null;
      throw new UpstreamFailure(
              ErrorCode.PROVIDER_ERROR, false, "the provider's answer is empty", null, null)
          .withUsage(usage);
    }
  }

  private void onFirstContent() {
    pending.add(hasContent ? new UpstreamEvent.Restarted(created.id(), created.model()) : created);
    hasContent = true;
    currentHasContent = true;
    if (!mayRestart) {
      request.set(null);
    }
  }

  /// Continues with the fallback, or throws.
  private void onFailure(Failure failure) {
    if (expired) {
      throw new Failure(ErrorCode.TIMEOUT, "the answer took longer than TOTAL_TIMEOUT", failure);
    }
    if (primaryFailure != null) {
      throw both(primaryFailure, failure);
    }
    UpstreamRequest again = closed || !mayFallBack(failure) ? null : request.getAndSet(null);
    if (again == null) {
      throw failure;
    }
    log.atInfo()
        .addKeyValue("cause", failure.getMessage())
        .addKeyValue("restart", hasContent)
        .log("asking the fallback");
    primaryFailure = failure;
    hasText = currentHasText;
    currentHasContent = false;
    currentHasText = false;
    created = new UpstreamEvent.Created(null, providers.fallbackModel());
    current.close();
    current = providers.fallback().stream(again.forFallback());
    if (closed) {
      current.close();
    }
  }

  /// Whether the provider is the reason. A refusal of the content holds for both.
  private static boolean mayFallBack(Failure failure) {
    return failure instanceof UpstreamFailure upstream
        ? !upstream.isContentPolicy()
        : failure.code() == ErrorCode.TIMEOUT || failure.code() == ErrorCode.PROVIDER_ERROR;
  }

  /// The failure of an answer that neither provider could give: the fallback's, unless only the
  /// primary's lets the user try again, or change the request. The log has both causes.
  private Failure both(Failure primary, Failure fallback) {
    boolean isAboutRequest =
        primary.code() == ErrorCode.CONTEXT_TOO_LONG || primary.code() == ErrorCode.INVALID_REQUEST;
    boolean isOfPrimary = !fallback.retryable() && (primary.retryable() || isAboutRequest);
    Failure reported = isOfPrimary ? primary : fallback;
    String cause =
        "primary: %s; fallback: %s".formatted(primary.getMessage(), fallback.getMessage());
    var wait = reported.retryAfter().orElse(null);
    if (!(fallback instanceof UpstreamFailure upstream)) {
      return new Failure(reported.code(), cause, wait, fallback);
    }
    UpstreamFailure both =
        reported instanceof UpstreamFailure known
            ? known.withCause(cause, fallback)
            : new UpstreamFailure(reported.code(), false, cause, wait, fallback);
    return both.withUsage(primaryFailureReported ? upstream.usage() : usage(primary));
  }

  private static @Nullable Usage usage(Failure failure) {
    return failure instanceof UpstreamFailure upstream ? upstream.usage() : null;
  }
}

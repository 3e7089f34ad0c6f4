package dev.minimalchat.gateway.chat;

import dev.minimalchat.gateway.chat.EventWriter.BrowserGoneException;
import dev.minimalchat.gateway.errors.ErrorBody;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.limits.Streams;
import dev.minimalchat.gateway.upstream.Alarm;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import dev.minimalchat.gateway.upstream.Usage;
import dev.minimalchat.gateway.usage.Account;
import dev.minimalchat.gateway.usage.Outcome;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Relays one answer from the provider to the browser, to its end.
///
/// One thread runs it and alone cleans up after it. Whoever else wants it to end (the browser that
/// leaves, the clock, a shutdown) closes the upstream; the running thread notices and ends
/// everything once.
final class ChatStream implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ChatStream.class);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private static final Duration PRESENCE_CHECK = Duration.ofMillis(500);

  /// What proxies log for a client that closed its request before the answer.
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private final UpstreamStream upstream;
  private final EventWriter writer;
  private final SseEmitter emitter;
  private final Account account;
  private final RequestId id;
  private final Streams.Permit permit;
  private final Alarm keepAlive;

  /// Decides once whether the answer is a stream or an HTTP error: true when the stream has begun
  /// with something to say, false when the grace time was over first, a failure otherwise.
  private final CompletableFuture<Boolean> beginning = new CompletableFuture<>();

  private volatile boolean browserGone;
  private volatile boolean revoked;

  ChatStream(
      UpstreamStream upstream,
      EventWriter writer,
      SseEmitter emitter,
      Account account,
      RequestId id,
      Streams.Permit permit,
      TaskScheduler scheduler) {
    this.upstream = upstream;
    this.writer = writer;
    this.emitter = emitter;
    this.account = account;
    this.id = id;
    this.permit = permit;
    this.keepAlive =
        new Alarm(scheduler, KEEP_ALIVE, () -> Thread.startVirtualThread(this::sendKeepAlive));
    emitter.onError(_ -> leave());
    emitter.onTimeout(this::leave);
    emitter.onCompletion(this::leave);
    permit.whenRevoked(this::revoke);
  }

  /// Waits until there is something to say, or until the grace time is over: then the stream begins
  /// with nothing said yet.
  ///
  /// @param browserLeft asked from time to time while it waits
  /// @throws Failure if the answer failed before that
  /// @throws AsyncRequestNotUsableException if there is nobody left to answer
  SseEmitter emitterWithin(Duration grace, BooleanSupplier browserLeft)
      throws AsyncRequestNotUsableException {
    beginning.completeOnTimeout(false, grace.toMillis(), TimeUnit.MILLISECONDS);
    boolean spoken = awaitBeginning(browserLeft);
    writer.open();
    if (!spoken) {
      sayAnything();
    }
    keepAlive.start();
    return emitter;
  }

  private void sayAnything() {
    try {
      writer.keepAlive();
    } catch (BrowserGoneException e) {
      log.debug("the answer has ended meanwhile, and has said how", e);
    }
  }

  private boolean awaitBeginning(BooleanSupplier browserLeft)
      throws AsyncRequestNotUsableException {
    while (true) {
      try {
        return beginning.get(PRESENCE_CHECK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (browserLeft.getAsBoolean()) {
          leave();
          throw new AsyncRequestNotUsableException("the browser left before the answer began");
        }
      } catch (CancellationException e) {
        throw new AsyncRequestNotUsableException("the answer ended with nobody to hear it", e);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Failure failure ? failure : new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Failure(ErrorCode.OVERLOADED, "interrupted", e);
      }
    }
  }

  @Override
  public void run() {
    try (permit;
        upstream;
        keepAlive;
        var _ = MDC.putCloseable("request_id", id.value())) {
      try {
        UpstreamEvent last = relay();
        settle(last instanceof Completed ? Outcome.COMPLETED : Outcome.INCOMPLETE, null);
      } catch (BrowserGoneException e) {
        note(e);
        settle(Outcome.CLIENT_CLOSED, null);
      } catch (Failure failure) {
        fail(revoked ? new Failure(ErrorCode.OVERLOADED, "shutting down", failure) : failure);
      } catch (RuntimeException e) {
        log.error("unexpected cause=\"{}\"", e.toString(), e);
        fail(new Failure(ErrorCode.INTERNAL, "unexpected", e));
      } finally {
        beginning.cancel(false);
        if (!browserGone) {
          emitter.complete();
        }
      }
    }
  }

  /// Returns the last event.
  private UpstreamEvent relay() {
    UpstreamEvent event;
    do {
      event = upstream.next();
      account.note(event);
      ChatEvent answer = translate(event);
      if (answer != null) {
        writer.write(answer);
        keepAlive.sign();
      }
      if (event.meaningful()) {
        beginning.complete(true);
        writer.open();
      }
      if (event.last() || !upstream.moreIsHere()) {
        writer.flush();
      }
    } while (!event.last());
    return event;
  }

  private static @Nullable ChatEvent translate(UpstreamEvent event) {
    return switch (event) {
      case UpstreamEvent.Started(String id, String model) -> new ChatEvent.Created(id, model);
      case UpstreamEvent.Working _, UpstreamEvent.Unknown _ -> null;
      case UpstreamEvent.TextDelta(String text) -> new ChatEvent.Delta(text);
      case UpstreamEvent.RefusalDelta(String text) -> new ChatEvent.Refusal(text);
      case Completed(Usage usage) -> new ChatEvent.Completed(usage);
      case UpstreamEvent.Incomplete(String reason, Usage usage) ->
          new ChatEvent.Incomplete(reason, usage);
    };
  }

  /// Before the stream has begun the failure is the controller's to throw; after that it is told in
  /// the stream.
  private void fail(Failure failure) {
    if (browserGone) {
      settle(Outcome.CLIENT_CLOSED, null);
      return;
    }
    failure.markLogged();
    if (beginning.completeExceptionally(failure)) {
      account.settle(Outcome.FAILED, failure.code().status().value(), failure);
      return;
    }
    settle(Outcome.FAILED, failure);
    try {
      writer.write(new ChatEvent.Failed(ErrorBody.of(failure, id)));
      writer.open();
      writer.flush();
    } catch (BrowserGoneException e) {
      note(e);
    }
  }

  private void settle(Outcome outcome, @Nullable Failure failure) {
    boolean committed = beginning.isDone();
    int status = committed ? HttpStatus.OK.value() : CLIENT_CLOSED_REQUEST;
    account.settle(outcome, status, failure);
  }

  private void sendKeepAlive() {
    try {
      writer.keepAlive();
    } catch (BrowserGoneException e) {
      leave();
    }
  }

  /// What the container has noticed by itself it also ends by itself. To end it once more, from
  /// here and at the same time, would leave Tomcat counting a request that is over.
  private void note(BrowserGoneException e) {
    browserGone |= e.noticedByTheContainer();
  }

  private void revoke() {
    revoked = true;
    upstream.close();
  }

  private void leave() {
    browserGone = true;
    upstream.close();
  }
}

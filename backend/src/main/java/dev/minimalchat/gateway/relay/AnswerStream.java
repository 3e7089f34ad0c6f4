package dev.minimalchat.gateway.relay;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.OutOfMemoryExit;
import dev.minimalchat.gateway.errors.RedactedException;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.limits.StreamLimiter;
import dev.minimalchat.gateway.timeouts.IdleTimer;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import dev.minimalchat.gateway.usage.ChatUsage;
import dev.minimalchat.gateway.usage.Outcome;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/// Relays one answer from the provider to the client.
///
/// One thread runs it and alone releases everything. A client disconnect, a timeout and a shutdown
/// only close the upstream; the running thread notices that and ends the answer once.
public final class AnswerStream implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(AnswerStream.class);

  /// Without an event, a client gets a comment this often.
  public static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(10);

  private final UpstreamStream upstream;
  private final AnswerWriter writer;
  private final ChatUsage usage;
  private final RequestId id;
  private final StreamLimiter.Permit permit;
  private final IdleTimer keepAlive;
  private final FirstEvent firstEvent;

  private volatile boolean clientDisconnected;
  private volatile boolean cancelled;
  private boolean recorded;

  public AnswerStream(
      UpstreamStream upstream,
      AnswerWriter writer,
      ChatUsage usage,
      RequestId id,
      StreamLimiter.Permit permit,
      ThreadPoolTaskScheduler timers) {
    this.upstream = upstream;
    this.writer = writer;
    this.usage = usage;
    this.id = id;
    this.permit = permit;
    this.keepAlive =
        new IdleTimer(
            timers, KEEP_ALIVE_INTERVAL, () -> Thread.startVirtualThread(this::sendKeepAlive));
    this.firstEvent = new FirstEvent(timers);
    writer.onDisconnect(this::onClientDisconnect);
    permit.onCancel(this::cancel);
  }

  /// Called by the request thread. Waits for the event that decides the HTTP status, at most for
  /// the status hold, and commits the response.
  ///
  /// @param isDisconnected polled while waiting
  /// @throws dev.minimalchat.gateway.errors.ReportedFailure if the answer failed first
  /// @throws AsyncRequestNotUsableException if the client has disconnected
  public void awaitFirstEvent(Duration statusHold, BooleanSupplier isDisconnected)
      throws AsyncRequestNotUsableException {
    boolean hasContent;
    try {
      hasContent = firstEvent.await(statusHold, isDisconnected);
    } catch (AsyncRequestNotUsableException e) {
      onClientDisconnect();
      throw e;
    }
    writer.commit();
    if (!hasContent) {
      sendInitialComment();
    }
    keepAlive.start();
  }

  @Override
  public void run() {
    try (permit;
        upstream;
        keepAlive;
        var _ = MDC.putCloseable("request_id", id.value())) {
      try {
        boolean isComplete = relay() instanceof UpstreamEvent.Completed;
        finish(isComplete ? Outcome.COMPLETED : Outcome.INCOMPLETE, null);
      } catch (ClientDisconnectedException e) {
        recordDisconnect(e);
        finish(Outcome.CLIENT_CLOSED, null);
      } catch (Failure failure) {
        fail(cancelled ? new Failure(ErrorCode.OVERLOADED, "shutting down", failure) : failure);
      } catch (Throwable e) {
        // An Error too, such as one for lack of memory: it must not leave the client waiting. The
        // log comes last, because it needs memory.
        fail(new Failure(ErrorCode.INTERNAL, "unexpected " + RedactedException.names(e)));
        OutOfMemoryExit.check(e);
        log.error("unexpected", RedactedException.of(e));
      } finally {
        firstEvent.cancel();
        if (!clientDisconnected) {
          writer.complete();
        }
      }
    }
  }

  /// Returns the terminal event.
  private UpstreamEvent relay() {
    boolean hasContent = false;
    UpstreamEvent event;
    do {
      event = upstream.next();
      usage.onEvent(event);
      if (event.isTerminal()) {
        permit.release();
        usage.estimate().ifPresent(writer::estimatedUsage);
      }
      if (writer.write(event)) {
        keepAlive.reset();
      }
      if (event.isContent() && !hasContent) {
        hasContent = true;
        onFirstContent();
      }
      if (writer.commitsAt(event)) {
        firstEvent.arrived();
        writer.commit();
      }
      if (event.isTerminal() || !upstream.ready()) {
        writer.flush();
      }
    } while (!event.isTerminal());
    return event;
  }

  /// From here on the request is only needed to ask another provider.
  private void onFirstContent() {
    if (upstream.holdsRequest()) {
      permit.keepBody(upstream::releaseRequest);
    } else {
      permit.releaseBody();
    }
  }

  /// Before the commit the request thread throws the failure; after it the failure ends the stream.
  private void fail(Failure failure) {
    permit.release();
    if (clientDisconnected) {
      finish(Outcome.CLIENT_CLOSED, null);
      return;
    }
    if (firstEvent.fail(failure)) {
      record(Outcome.FAILED, failure.code().status().value(), failure);
      writer.reject(failure);
      return;
    }
    finish(Outcome.FAILED, failure);
    try {
      writer.fail(failure, id);
      writer.commit();
      writer.flush();
    } catch (ClientDisconnectedException e) {
      recordDisconnect(e);
    }
  }

  private void finish(Outcome outcome, @Nullable Failure failure) {
    int status = firstEvent.isDecided() ? HttpStatus.OK.value() : ErrorCode.CLIENT_CLOSED_REQUEST;
    record(outcome, status, failure);
  }

  /// Once, also if the end of an answer fails after its usage line.
  private void record(Outcome outcome, int status, @Nullable Failure failure) {
    if (!recorded) {
      recorded = true;
      usage.finish(outcome, status, failure);
    }
  }

  private void sendInitialComment() {
    try {
      writer.keepAlive();
    } catch (ClientDisconnectedException _) {
      log.debug("the answer has already ended, and its usage line is written");
    }
  }

  private void sendKeepAlive() {
    try {
      writer.keepAlive();
    } catch (ClientDisconnectedException e) {
      onClientDisconnect();
    }
  }

  /// After an I/O error Tomcat completes the request itself. A second completion from this thread
  /// at the same time would leave Tomcat's count of async requests too high.
  private void recordDisconnect(ClientDisconnectedException e) {
    clientDisconnected |= e.isIoError();
  }

  private void cancel() {
    cancelled = true;
    upstream.close();
  }

  private void onClientDisconnect() {
    if (!writer.detach()) {
      clientDisconnected = true;
      upstream.close();
    }
  }
}

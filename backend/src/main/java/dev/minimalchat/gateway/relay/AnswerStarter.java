package dev.minimalchat.gateway.relay;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.OpenAiRoutes;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.limits.AccessCode;
import dev.minimalchat.gateway.limits.ApiClient;
import dev.minimalchat.gateway.limits.Clients;
import dev.minimalchat.gateway.limits.PageUser;
import dev.minimalchat.gateway.limits.StreamLimiter;
import dev.minimalchat.gateway.tomcat.ClientDisconnectValve;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import dev.minimalchat.gateway.usage.Caller;
import dev.minimalchat.gateway.usage.ChatUsage;
import dev.minimalchat.gateway.usage.Outcome;
import dev.minimalchat.gateway.usage.UsageRecorder;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Admits a request and starts its answer, on a thread of its own. The virtual request thread
/// blocks until the HTTP status is decided, so a failure before that is an exception with an HTTP
/// status and a JSON body.
@Component
public class AnswerStarter {
  /// How long the HTTP status of a stream is held back while the provider sends no content.
  private static final Duration STATUS_HOLD = Duration.ofSeconds(10);

  /// As OpenAI sends it. Some HTTP clients read text without a charset as ISO 8859-1.
  private static final MediaType EVENT_STREAM_UTF_8 =
      new MediaType(MediaType.TEXT_EVENT_STREAM, StandardCharsets.UTF_8);

  /// Longer than any `TOTAL_TIMEOUT`, which ends the answer.
  private static final Duration NO_STATUS_LIMIT = Duration.ofDays(365);

  /// The timeouts of `upstream` apply, not the container's.
  private static final long NO_TIMEOUT = 0;

  private final Upstream upstream;
  private final Clients clients;
  private final StreamLimiter streams;
  private final UsageRecorder usage;
  private final ThreadPoolTaskScheduler timers;

  AnswerStarter(
      Upstream upstream,
      Clients clients,
      StreamLimiter streams,
      UsageRecorder usage,
      ThreadPoolTaskScheduler timers) {
    this.upstream = upstream;
    this.clients = clients;
    this.streams = streams;
    this.usage = usage;
    this.timers = timers;
  }

  /// Streams an answer, and returns at its first content event.
  ///
  /// @param route for the usage line, such as `POST /v1/chat`
  /// @param writer makes the writer of the events
  /// @throws Failure if the request is not admitted
  /// @throws dev.minimalchat.gateway.errors.ReportedFailure if the answer failed first
  /// @throws AsyncRequestNotUsableException if the client has disconnected
  public ResponseEntity<SseEmitter> stream(
      HttpServletRequest http, String route, UpstreamRequest request, StreamWriterFactory writer)
      throws AsyncRequestNotUsableException {
    SseEmitter emitter = emitter();
    AnswerStream answer = start(http, route, request, permit -> writer.create(emitter, permit));
    answer.awaitFirstEvent(STATUS_HOLD, ClientDisconnectValve.isDisconnected(http));
    return eventStream(
        emitter, OpenAiRoutes.matches(http) ? EVENT_STREAM_UTF_8 : MediaType.TEXT_EVENT_STREAM);
  }

  /// An emitter without a timeout of the container.
  public static SseEmitter emitter() {
    return new SseEmitter(NO_TIMEOUT);
  }

  /// The response whose events this emitter sends.
  public static ResponseEntity<SseEmitter> eventStream(SseEmitter emitter) {
    return eventStream(emitter, MediaType.TEXT_EVENT_STREAM);
  }

  private static ResponseEntity<SseEmitter> eventStream(SseEmitter emitter, MediaType type) {
    return ResponseEntity.ok()
        .contentType(type)
        .header(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
        .header("X-Accel-Buffering", "no")
        .body(emitter);
  }

  /// Waits as [#stream] does, for the status of an answer that another request has started.
  ///
  /// @param status waits for it
  /// @throws AsyncRequestNotUsableException if the client has disconnected
  public static void awaitStatus(HttpServletRequest http, StatusWait status)
      throws AsyncRequestNotUsableException {
    BooleanSupplier isDisconnected = ClientDisconnectValve.isDisconnected(http);
    try {
      for (Duration waited = Duration.ZERO;
          waited.compareTo(STATUS_HOLD) < 0 && !status.await(FirstEvent.DISCONNECT_CHECK_INTERVAL);
          waited = waited.plus(FirstEvent.DISCONNECT_CHECK_INTERVAL)) {
        if (isDisconnected.getAsBoolean()) {
          throw new AsyncRequestNotUsableException("client disconnected before the first event");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ErrorCode.OVERLOADED, "interrupted", e);
    }
  }

  /// Waits for the HTTP status of an answer.
  @FunctionalInterface
  public interface StatusWait {
    /// Returns whether it has come in this time.
    boolean await(Duration timeout) throws InterruptedException;
  }

  /// Runs a whole answer, and returns at its end.
  ///
  /// @param route for the usage line
  /// @param writer makes the writer that collects the answer
  /// @return that writer
  /// @throws Failure if the request is not admitted
  /// @throws dev.minimalchat.gateway.errors.ReportedFailure if the answer failed
  /// @throws AsyncRequestNotUsableException if the client has disconnected
  public <W extends AnswerWriter> W run(
      HttpServletRequest http,
      String route,
      UpstreamRequest request,
      Function<StreamLimiter.Permit, W> writer)
      throws AsyncRequestNotUsableException {
    AtomicReference<W> collector = new AtomicReference<>();
    // Nothing is sent before the end, so the client does not notice a restart.
    start(
            http,
            route,
            request.withRestart(true),
            permit -> {
              collector.set(writer.apply(permit));
              return collector.get();
            })
        .awaitFirstEvent(NO_STATUS_LIMIT, ClientDisconnectValve.isDisconnected(http));
    return collector.get();
  }

  private AnswerStream start(
      HttpServletRequest http,
      String route,
      UpstreamRequest request,
      Function<StreamLimiter.Permit, AnswerWriter> writer) {
    AnswerStream answer =
        admit(http, caller(http, route), request.withCaller(clients.idOf(http)), writer);
    Thread.ofVirtual().name("chat-" + request.requestId()).start(answer);
    return answer;
  }

  private static Caller caller(HttpServletRequest http, String route) {
    ApiClient program = ApiClient.of(http);
    AccessCode code = AccessCode.of(http);
    PageUser user = PageUser.of(http);
    String codeName = code == null ? null : code.name();
    return new Caller(
        route, program == null ? codeName : program.name(), user == null ? null : user.hash());
  }

  /// Acquires the concurrency permit, reserves tokens of the budget and starts the span, in this
  /// order: a refused request leaves no open span and keeps no permit and no reservation.
  private AnswerStream admit(
      HttpServletRequest http,
      Caller caller,
      UpstreamRequest request,
      Function<StreamLimiter.Permit, AnswerWriter> writer) {
    StreamLimiter.Permit permit = streams.acquire(http);
    try {
      return open(RequestId.of(http), caller, request, permit, writer.apply(permit));
    } catch (RuntimeException | Error e) {
      permit.close();
      throw e;
    }
  }

  private AnswerStream open(
      RequestId id,
      Caller caller,
      UpstreamRequest request,
      StreamLimiter.Permit permit,
      AnswerWriter writer) {
    ChatUsage chatUsage = usage.start(request, caller);
    try {
      UpstreamStream answer =
          upstream.stream(request.withTraceHeaders(chatUsage.traceHeaders()))
              .stoppingAt(request.options().stop());
      return new AnswerStream(answer, writer, chatUsage, id, permit, timers);
    } catch (RuntimeException | Error e) {
      Failure failure = new Failure(ErrorCode.INTERNAL, "unexpected", e);
      chatUsage.finish(Outcome.FAILED, failure.code().status().value(), failure);
      throw e;
    }
  }

  /// Makes the writer of a stream.
  @FunctionalInterface
  public interface StreamWriterFactory {
    /// Makes the writer of one answer.
    ///
    /// @param permit of the answer, for the memory that the writer needs
    AnswerWriter create(SseEmitter emitter, StreamLimiter.Permit permit);
  }
}

package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.json.JsonBodyReader;
import dev.minimalchat.gateway.limits.ClientAddresses;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.limits.StreamLimiter;
import dev.minimalchat.gateway.tomcat.ClientDisconnectValve;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import dev.minimalchat.gateway.usage.ChatUsage;
import dev.minimalchat.gateway.usage.Outcome;
import dev.minimalchat.gateway.usage.UsageRecorder;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// `POST /v1/chat`. The virtual request thread blocks until the first content event, so a failure
/// before it is an exception with an HTTP status and a JSON body.
@RestController
class ChatController {
  /// How long the HTTP status is held back while the provider sends no content.
  private static final Duration STATUS_HOLD = Duration.ofSeconds(10);

  /// The timeouts of `upstream` apply, not the container's.
  private static final long NO_TIMEOUT = 0;

  private final Upstream upstream;
  private final Provider provider;
  private final LimitsProperties limits;
  private final ClientAddresses clients;
  private final StreamLimiter streams;
  private final UsageRecorder usage;
  private final ObjectMapper json;
  private final JsonBodyReader bodies;
  private final ThreadPoolTaskScheduler timers;

  ChatController(
      Upstream upstream,
      Provider provider,
      LimitsProperties limits,
      ClientAddresses clients,
      StreamLimiter streams,
      UsageRecorder usage,
      ObjectMapper json,
      JsonBodyReader bodies,
      ThreadPoolTaskScheduler timers) {
    this.upstream = upstream;
    this.provider = provider;
    this.limits = limits;
    this.clients = clients;
    this.streams = streams;
    this.usage = usage;
    this.json = json;
    this.bodies = bodies;
    this.timers = timers;
  }

  @PostMapping(path = "/v1/chat", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<SseEmitter> chat(HttpServletRequest http)
      throws AsyncRequestNotUsableException, JsonProcessingException {
    RequestId id = RequestId.of(http);
    ChatRequest request = bodies.read(http, ChatRequest.class);
    UpstreamRequest question =
        request.toUpstreamRequest(id.value(), limits).withCaller(clients.of(http));
    ChatStream stream = admit(question, id, http);
    Thread.ofVirtual().name("chat-" + id.value()).start(stream);
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .header(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
        .header("X-Accel-Buffering", "no")
        .body(stream.awaitFirstEvent(STATUS_HOLD, ClientDisconnectValve.isDisconnected(http)));
  }

  /// Acquires the concurrency permit, reserves tokens of the budget and starts the span, in this
  /// order: a refused request leaves no open span and keeps no permit and no reservation.
  private ChatStream admit(UpstreamRequest request, RequestId id, HttpServletRequest http) {
    StreamLimiter.Permit permit = streams.acquire(http);
    try {
      return open(request, id, permit, usage.start(request));
    } catch (RuntimeException | Error e) {
      permit.close();
      throw e;
    }
  }

  private ChatStream open(
      UpstreamRequest request, RequestId id, StreamLimiter.Permit permit, ChatUsage chatUsage) {
    try {
      UpstreamStream answer = upstream.stream(request.withTraceHeaders(chatUsage.traceHeaders()));
      SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
      EventWriter writer = new EventWriter(emitter, json, "resp_" + id.value(), provider.model());
      return new ChatStream(answer, writer, emitter, chatUsage, id, permit, timers);
    } catch (RuntimeException | Error e) {
      Failure failure = new Failure(ErrorCode.INTERNAL, "unexpected", e);
      chatUsage.finish(Outcome.FAILED, failure.code().status().value(), failure);
      throw e;
    }
  }
}

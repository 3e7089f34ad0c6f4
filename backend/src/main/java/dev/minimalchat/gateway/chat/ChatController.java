package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.limits.Streams;
import dev.minimalchat.gateway.upstream.Prompt;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import dev.minimalchat.gateway.usage.Account;
import dev.minimalchat.gateway.usage.UsageRecorder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// `POST /v1/chat`. It runs on a virtual thread, so it simply waits until the answer has begun: a
/// failure before that is an exception like any other, with its status and JSON.
@RestController
class ChatController {
  /// How long a provider that has accepted the request may keep the browser without a status.
  private static final Duration GRACE = Duration.ofSeconds(10);

  /// The answer's own clocks decide, not the container's.
  private static final long NO_TIMEOUT = 0;

  private final Upstream upstream;
  private final Provider provider;
  private final LimitsProperties limits;
  private final Streams streams;
  private final UsageRecorder usage;
  private final ObjectMapper json;
  private final TaskScheduler scheduler;

  ChatController(
      Upstream upstream,
      Provider provider,
      LimitsProperties limits,
      Streams streams,
      UsageRecorder usage,
      ObjectMapper json,
      TaskScheduler scheduler) {
    this.upstream = upstream;
    this.provider = provider;
    this.limits = limits;
    this.streams = streams;
    this.usage = usage;
    this.json = json;
    this.scheduler = scheduler;
  }

  @PostMapping(path = "/v1/chat", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<SseEmitter> chat(
      @Valid @RequestBody ChatRequest request, ModelMap model, HttpServletRequest http)
      throws AsyncRequestNotUsableException {
    RequestId id = RequestId.of(http);
    ChatStream stream = stream(request.prompt(id.value(), limits), id, http);
    // Spring keeps the whole conversation in there, for as long as the answer lasts.
    model.clear();
    Thread.ofVirtual().name("chat-" + id).start(stream);
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .header(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
        .header("X-Accel-Buffering", "no")
        .body(stream.emitterWithin(GRACE, PresenceValve.left(http)));
  }

  private ChatStream stream(Prompt prompt, RequestId id, HttpServletRequest http) {
    Account account = usage.open(prompt);
    UpstreamStream answer = upstream.ask(prompt.within(account.trace()));
    SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
    EventWriter writer = new EventWriter(emitter, json, "resp_" + id, provider.model());
    return new ChatStream(answer, writer, emitter, account, id, streams.enter(http), scheduler);
  }
}

package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.json.JsonBodyReader;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.relay.AnswerStarter;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// `POST /v1/chat`.
@RestController
class ChatController {
  private final AnswerStarter answers;
  private final Provider provider;
  private final LimitsProperties limits;
  private final ObjectMapper json;
  private final JsonBodyReader bodies;

  ChatController(
      AnswerStarter answers,
      Provider provider,
      LimitsProperties limits,
      ObjectMapper json,
      JsonBodyReader bodies) {
    this.answers = answers;
    this.provider = provider;
    this.limits = limits;
    this.json = json;
    this.bodies = bodies;
  }

  @PostMapping(path = "/v1/chat", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<SseEmitter> chat(HttpServletRequest http)
      throws AsyncRequestNotUsableException, JsonProcessingException {
    String id = RequestId.of(http).value();
    UpstreamRequest request = bodies.read(http, ChatRequest.class).toUpstreamRequest(id, limits);
    return answers.stream(
        http,
        "POST /v1/chat",
        request,
        (emitter, _) -> new EventWriter(emitter, json, "resp_" + id, provider.model()));
  }
}

package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.json.JsonBodyReader;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.relay.AnswerStarter;
import dev.minimalchat.gateway.relay.EventStream;
import dev.minimalchat.gateway.upstream.AttachmentProperties;
import dev.minimalchat.gateway.upstream.Models;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// `POST /v1/chat/completions`.
@RestController
class ChatCompletionsController {
  private static final String ROUTE = "POST /v1/chat/completions";

  private final AnswerStarter answers;
  private final Models models;
  private final LimitsProperties limits;
  private final AttachmentProperties attachments;
  private final ObjectMapper json;
  private final JsonBodyReader bodies;
  private final Clock clock;

  ChatCompletionsController(
      AnswerStarter answers,
      Models models,
      LimitsProperties limits,
      AttachmentProperties attachments,
      ObjectMapper json,
      JsonBodyReader bodies,
      Clock clock) {
    this.answers = answers;
    this.models = models;
    this.limits = limits;
    this.attachments = attachments;
    this.json = json;
    this.bodies = bodies;
    this.clock = clock;
  }

  /// Null if the response is already written.
  @PostMapping(path = "/v1/chat/completions", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Nullable ResponseEntity<SseEmitter> complete(HttpServletRequest http, HttpServletResponse reply)
      throws IOException {
    ChatCompletionsBody body = bodies.read(http, ChatCompletionsBody.class);
    UpstreamRequest request =
        body.toUpstreamRequest(RequestId.of(http).value(), limits, models, attachments);
    String suffix = UUID.randomUUID().toString().replace("-", "");
    ChatCompletion completion =
        new ChatCompletion(
            "chatcmpl-" + suffix, clock.instant().getEpochSecond(), models.get(body.model()).id());
    if (!body.isStream()) {
      AnswerCollector answer =
          answers.run(http, ROUTE, request, permit -> new AnswerCollector(suffix, permit::reserve));
      ChatCompletion answered = completion.withModel(answer.fallbackModel());
      JsonReply.write(
          reply, json, out -> answered.write(answer.items(), answer.end(), answer.usage(), out));
      return null;
    }
    boolean includesUsage = body.includesUsage();
    return answers.stream(
        http,
        ROUTE,
        request,
        (emitter, _) ->
            new ChatChunkWriter(new EventStream(emitter, json), completion, includesUsage));
  }
}

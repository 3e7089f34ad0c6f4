package dev.minimalchat.gateway.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.json.JsonBodyReader;
import dev.minimalchat.gateway.json.RawJson;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.relay.AnswerStarter;
import dev.minimalchat.gateway.relay.EventStream;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.AttachmentProperties;
import dev.minimalchat.gateway.upstream.Models;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
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

/// `POST /v1/responses`.
@RestController
class ResponsesController {
  private static final String ROUTE = "POST /v1/responses";

  private final AnswerStarter answers;
  private final Models models;
  private final UpstreamProperties settings;
  private final LimitsProperties limits;
  private final AttachmentProperties attachments;
  private final ObjectMapper json;
  private final JsonBodyReader bodies;
  private final Clock clock;

  ResponsesController(
      AnswerStarter answers,
      Models models,
      UpstreamProperties settings,
      LimitsProperties limits,
      AttachmentProperties attachments,
      ObjectMapper json,
      JsonBodyReader bodies,
      Clock clock) {
    this.answers = answers;
    this.models = models;
    this.settings = settings;
    this.limits = limits;
    this.attachments = attachments;
    this.json = json;
    this.bodies = bodies;
    this.clock = clock;
  }

  /// Null if the response is already written.
  @PostMapping(path = "/v1/responses", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Nullable ResponseEntity<SseEmitter> respond(HttpServletRequest http, HttpServletResponse reply)
      throws IOException {
    ResponsesBody body = bodies.read(http, ResponsesBody.class);
    UpstreamRequest request =
        body.toUpstreamRequest(RequestId.of(http).value(), limits, models, attachments);
    ResponseObject response = response(request.options(), body.metadata());
    if (!body.isStream()) {
      writeWhole(http, request, response, reply);
      return null;
    }
    return answers.stream(
        http,
        ROUTE,
        request,
        (emitter, permit) -> {
          permit.reserve(response.characters());
          EventStream events = new EventStream(emitter, json);
          return new ResponsesEventWriter(events, response, clock, permit::reserve);
        });
  }

  private void writeWhole(
      HttpServletRequest http,
      UpstreamRequest request,
      ResponseObject response,
      HttpServletResponse reply)
      throws IOException {
    AnswerCollector answer =
        answers.run(
            http,
            ROUTE,
            request,
            permit -> {
              permit.reserve(response.characters());
              return new AnswerCollector(response.idSuffix(), permit::reserve);
            });
    ResponseObject answered = response.withModel(answer.fallbackModel());
    JsonReply.write(
        reply,
        json,
        out -> answered.write(answer.items(), answer.end(), clock.instant().getEpochSecond(), out));
  }

  private ResponseObject response(AnswerOptions options, @Nullable RawJson metadata) {
    return new ResponseObject(
        UUID.randomUUID().toString().replace("-", ""),
        clock.instant().getEpochSecond(),
        options.effective(settings),
        metadata == null ? null : metadata.detached());
  }
}

package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.json.JsonBodyReader;
import dev.minimalchat.gateway.limits.AccessCode;
import dev.minimalchat.gateway.limits.LimitsProperties;
import dev.minimalchat.gateway.limits.PageUser;
import dev.minimalchat.gateway.relay.AnswerStarter;
import dev.minimalchat.gateway.resume.ResumeKey;
import dev.minimalchat.gateway.upstream.AttachmentProperties;
import dev.minimalchat.gateway.upstream.Models;
import dev.minimalchat.gateway.upstream.ProviderFeatures;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// `POST /v1/chat`; `GET` and `DELETE /v1/chat/stream`, for an answer that outlives its connection.
@RestController
class ChatController {
  static final String ROUTE = "POST /v1/chat";

  private final AnswerStarter answers;
  private final ResumableChat resumable;
  private final Models models;
  private final ProviderFeatures features;
  private final AttachmentProperties attachments;
  private final LimitsProperties limits;
  private final ObjectMapper json;
  private final JsonBodyReader bodies;

  ChatController(
      AnswerStarter answers,
      ResumableChat resumable,
      Models models,
      ProviderFeatures features,
      AttachmentProperties attachments,
      LimitsProperties limits,
      ObjectMapper json,
      JsonBodyReader bodies) {
    this.answers = answers;
    this.resumable = resumable;
    this.models = models;
    this.features = features;
    this.attachments = attachments;
    this.limits = limits;
    this.json = json;
    this.bodies = bodies;
  }

  @PostMapping(path = "/v1/chat", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<SseEmitter> chat(
      HttpServletRequest http,
      @RequestHeader(name = ResumeKey.HEADER, required = false) @Nullable String key)
      throws AsyncRequestNotUsableException, JsonProcessingException {
    String id = RequestId.of(http).value();
    byte[] body = JsonBodyReader.readBytes(http);
    UpstreamRequest request =
        bodies
            .parse(body, ChatRequest.class)
            .toUpstreamRequest(id, limits, models, features, attachments);
    if (key != null) {
      return resumable.start(http, resumeKey(http, key), ResumeKey.hash(body), request);
    }
    return answers.stream(
        http,
        ROUTE,
        request,
        (emitter, _) -> new EventWriter(emitter, json, "resp_" + id, model(request)));
  }

  @GetMapping("/v1/chat/stream")
  ResponseEntity<SseEmitter> resume(
      HttpServletRequest http,
      @RequestHeader(name = ResumeKey.HEADER, defaultValue = "") String key,
      @RequestParam(defaultValue = "-1") String after) {
    // Spring maps it to GET, but a reader without a body would replace the one that has one.
    if (http.getMethod().equals(HttpMethod.HEAD.name())) {
      throw new Failure(ErrorCode.METHOD_NOT_ALLOWED, "HEAD of a stream");
    }
    return resumable.resume(resumeKey(http, key), number(after));
  }

  @DeleteMapping("/v1/chat/stream")
  ResponseEntity<Void> stop(
      HttpServletRequest http,
      @RequestHeader(name = ResumeKey.HEADER, defaultValue = "") String key) {
    resumable.cancel(resumeKey(http, key));
    return ResponseEntity.noContent().build();
  }

  /// The requested model, until the provider reports the one that answers.
  static String model(UpstreamRequest request) {
    return Objects.requireNonNull(request.options().model());
  }

  /// The key of the request, bound to its user and access code if there are any: with another user
  /// or code the same key finds no answer.
  private static ResumeKey resumeKey(HttpServletRequest http, String secret) {
    ResumeKey key = ResumeKey.parse(secret);
    PageUser user = PageUser.of(http);
    AccessCode code = AccessCode.of(http);
    if (user == null && code == null) {
      return key;
    }
    return key.boundTo(
        (user == null ? "" : user.name()) + "\n" + (code == null ? "" : code.name()));
  }

  private static long number(String after) {
    try {
      long number = Long.parseLong(after);
      if (number >= -1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    throw Failure.invalidParameter("after", "is not the number of an event.");
  }
}

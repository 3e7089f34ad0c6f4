package dev.minimalchat.gateway.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.ReportedFailure;
import dev.minimalchat.gateway.relay.AnswerStarter;
import dev.minimalchat.gateway.resume.AnswerSource;
import dev.minimalchat.gateway.resume.ResumableAnswers;
import dev.minimalchat.gateway.resume.ResumableAnswers.Claim;
import dev.minimalchat.gateway.resume.ResumeKey;
import dev.minimalchat.gateway.resume.StoredAnswer;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Answers of `/v1/chat` that the client can come back for.
@Component
class ResumableChat {
  private final AnswerStarter answers;
  private final ResumableAnswers stored;
  private final ObjectMapper json;
  private final MeterRegistry meters;

  ResumableChat(
      AnswerStarter answers, ResumableAnswers stored, ObjectMapper json, MeterRegistry meters) {
    this.answers = answers;
    this.stored = stored;
    this.json = json;
    this.meters = meters;
  }

  /// Starts an answer or, if the same request has started it before, reads it from its beginning.
  ///
  /// @param bodyHash of the request
  /// @throws Failure RESUME_CONFLICT if the key is of another request
  ResponseEntity<SseEmitter> start(
      HttpServletRequest http, ResumeKey key, String bodyHash, UpstreamRequest request)
      throws AsyncRequestNotUsableException {
    String id = request.requestId();
    String responseId = "resp_" + id;
    String model = ChatController.model(request);
    Optional<Claim> claim = stored.claim(key, bodyHash, id, responseId, model);
    if (claim.isEmpty()) {
      return answers.stream(
          http,
          ChatController.ROUTE,
          request,
          (emitter, _) -> new EventWriter(emitter, json, responseId, model, false));
    }
    AnswerSource answer = claim.get().answer();
    return claim.get().isNew() && answer instanceof StoredAnswer own
        ? start(http, own, request)
        : join(http, answer);
  }

  /// Reads an answer that another request has started.
  ///
  /// @param after the number of the last event that the client has; -1 for none
  /// @throws Failure NOT_FOUND if there is none, or not all of the missed events are kept
  ResponseEntity<SseEmitter> resume(ResumeKey key, long after) {
    Optional<? extends AnswerSource> answer = stored.find(key);
    if (answer.isEmpty()) {
      count("not_found");
      throw new Failure(ErrorCode.NOT_FOUND, "no answer with this Resume-Key");
    }
    long end = answer.get().end();
    if (end >= 0 && after >= end) {
      count("ended");
      return ResponseEntity.noContent().build();
    }
    return read(answer.get(), after);
  }

  void cancel(ResumeKey key) {
    stored.cancel(key);
  }

  private ResponseEntity<SseEmitter> start(
      HttpServletRequest http, StoredAnswer answer, UpstreamRequest request)
      throws AsyncRequestNotUsableException {
    AnswerSource.Response response = answer.response();
    try {
      return answers.stream(
          http,
          ChatController.ROUTE,
          request,
          (emitter, _) ->
              new ResumableWriter(
                  answer, new EventWriter(emitter, json, response.id(), response.model(), true)));
    } catch (ReportedFailure failed) {
      answer.reject(failed.failure());
      throw failed;
    } catch (Failure refused) {
      answer.reject(refused);
      throw refused;
    } catch (RuntimeException | Error e) {
      answer.reject(new Failure(ErrorCode.INTERNAL, "unexpected", e));
      throw e;
    }
  }

  /// The same request again: it gets the same status, and then the same events.
  private ResponseEntity<SseEmitter> join(HttpServletRequest http, AnswerSource answer)
      throws AsyncRequestNotUsableException {
    try {
      AnswerStarter.awaitStatus(http, answer::awaitStatus);
    } catch (Failure failure) {
      throw new ReportedFailure(failure);
    }
    return read(answer, -1);
  }

  private ResponseEntity<SseEmitter> read(AnswerSource answer, long after) {
    SseEmitter emitter = AnswerStarter.emitter();
    AnswerSource.Response response = answer.response();
    AnswerReader reader =
        new AnswerReader(
            answer, new EventWriter(emitter, json, response.id(), response.model(), true), after);
    if (!answer.attach(reader, after)) {
      count("not_found");
      throw new Failure(ErrorCode.NOT_FOUND, "the missed events are no longer kept");
    }
    count("resumed");
    Thread.ofVirtual().name("resume-" + response.requestId()).start(reader);
    return AnswerStarter.eventStream(emitter);
  }

  private void count(String outcome) {
    meters.counter("gateway.resume.requests", "outcome", outcome).increment();
  }
}

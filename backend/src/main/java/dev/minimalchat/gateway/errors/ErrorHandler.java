package dev.minimalchat.gateway.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/// Renders every exception as the contract's error. Causes are logged, never sent to the client.
@RestControllerAdvice
class ErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(ErrorHandler.class);

  private static final String REPORTED = ErrorHandler.class.getName();
  private static final Pattern UNSAFE_CHARS = Pattern.compile("[^\\w .$\\[\\]-]");
  private static final int MAX_PATH_CHARS = 80;

  private static final Set<String> METHODS =
      Arrays.stream(HttpMethod.values()).map(HttpMethod::name).collect(Collectors.toSet());

  private static final Set<String> ROUTES =
      Set.of(
          "/v1/chat",
          "/v1/responses",
          "/v1/chat/completions",
          "/v1/models",
          "/health",
          "/config.json",
          "/");

  /// SDKs wait at most this long by themselves.
  private static final Duration MAX_SDK_WAIT = Duration.ofMinutes(1);

  private final MeterRegistry meters;

  ErrorHandler(MeterRegistry meters) {
    this.meters = meters;
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody.Envelope> failure(Failure failure, HttpServletRequest request) {
    if (!isReported(request)) {
      log(failure, request);
    }
    return response(failure, HttpHeaders.EMPTY, request);
  }

  private static void log(Failure failure, HttpServletRequest request) {
    log.atInfo()
        .addKeyValue("route", route(request))
        .addKeyValue("status", failure.code().status().value())
        .addKeyValue("outcome", "refused")
        .addKeyValue("error", failure.code().code())
        .addKeyValue("cause", failure.getMessage())
        .log("request");
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody.Envelope> reported(
      ReportedFailure exception, HttpServletRequest request) {
    return response(exception.failure(), HttpHeaders.EMPTY, request);
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody.Envelope> unreadable(
      JsonProcessingException exception, HttpServletRequest request) {
    return failure(toFailure(exception), request);
  }

  /// The client has disconnected, which is not an error. The status is for the metrics only.
  @ExceptionHandler
  void clientDisconnected(AsyncRequestNotUsableException exception, HttpServletResponse response) {
    log.debug("client disconnected: {}", RedactedException.names(exception));
    if (!response.isCommitted()) {
      response.setStatus(ErrorCode.CLIENT_CLOSED_REQUEST);
    }
  }

  /// Null if the client has disconnected.
  @ExceptionHandler
  @Nullable ResponseEntity<ErrorBody.Envelope> unexpected(
      Exception exception, HttpServletRequest request, HttpServletResponse response) {
    if (exception instanceof IOException && response.isCommitted()) {
      // A client that does not read: Tomcat's write timeout ends the request.
      log.debug("client disconnected: {}", exception.getClass().getName());
      return null;
    }
    if (exception instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      ErrorCode code = ErrorCode.of(known.getStatusCode().value());
      Failure failure = new Failure(code, exception.getClass().getSimpleName());
      log(failure, request);
      return response(failure, known.getHeaders(), request);
    }
    OutOfMemoryExit.check(exception);
    log.error("unexpected", RedactedException.of(exception));
    return response(new Failure(ErrorCode.INTERNAL, "unexpected"), HttpHeaders.EMPTY, request);
  }

  /// @param more headers that belong to the status, such as `Allow`
  private ResponseEntity<ErrorBody.Envelope> response(
      Failure failure, HttpHeaders more, HttpServletRequest request) {
    if (!isReported(request)) {
      meters.counter("gateway.refusals", "code", failure.code().code()).increment();
      request.setAttribute(REPORTED, true);
    }
    HttpHeaders headers = new HttpHeaders();
    headers.putAll(more);
    headers.setContentType(MediaType.APPLICATION_JSON);
    headers.setCacheControl("no-store");
    failure.retryAfter().ifPresent(wait -> headers.set(HttpHeaders.RETRY_AFTER, seconds(wait)));
    if (failure.code().status() == HttpStatus.UNAUTHORIZED) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return new ResponseEntity<>(body(failure, request, headers), headers, failure.code().status());
  }

  private static ErrorBody.Envelope body(
      Failure failure, HttpServletRequest request, HttpHeaders headers) {
    RequestId id = RequestId.of(request);
    if (!OpenAiRoutes.matches(request)) {
      return ErrorBody.envelope(failure, id);
    }
    if (!isWorthRetrying(failure)) {
      headers.set("X-Should-Retry", "false");
    }
    return new ErrorBody.Envelope(ErrorBody.openAi(failure, id));
  }

  /// Whether an SDK should send the request again by itself. The gateway has already retried the
  /// provider's errors, and an exhausted budget lasts for hours.
  private static boolean isWorthRetrying(Failure failure) {
    return failure.code().retryable()
        && failure.code() != ErrorCode.PROVIDER_ERROR
        && failure.retryAfter().orElse(Duration.ZERO).compareTo(MAX_SDK_WAIT) <= 0;
  }

  /// The container dispatches a request once more if the rest of its body cannot be read after the
  /// response.
  private static boolean isReported(HttpServletRequest request) {
    return request.getAttribute(REPORTED) != null;
  }

  /// Logs known methods and paths only; any other is the caller's text.
  private static String route(HttpServletRequest request) {
    String path = request.getRequestURI();
    return (METHODS.contains(request.getMethod()) ? request.getMethod() : "other")
        + " "
        + (ROUTES.contains(path) ? path : "other");
  }

  /// Rounded up, at least 1, so that a client that waits this long is not early.
  private static String seconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
  }

  private static Failure toFailure(JsonProcessingException exception) {
    return switch (exception) {
      case UnrecognizedPropertyException unknown ->
          Failure.invalidRequest(
              path(unknown) + " is not a known field", "unknown field", path(unknown));
      case InvalidFormatException format when format.getTargetType().isEnum() ->
          Failure.invalidParameter(path(format), "is not one of the values allowed");
      case MismatchedInputException mismatch when !mismatch.getPath().isEmpty() ->
          Failure.invalidParameter(path(mismatch), "has the wrong type");
      default -> Failure.invalidRequest("The body is not valid JSON.");
    };
  }

  /// The path of the invalid field. The client chose its name, so length and characters are
  /// restricted.
  private static String path(JsonMappingException exception) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : exception.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    String sanitized = UNSAFE_CHARS.matcher(path).replaceAll("?");
    return sanitized.length() > MAX_PATH_CHARS
        ? sanitized.substring(0, MAX_PATH_CHARS) + "…"
        : sanitized;
  }
}

package dev.minimalchat.gateway.errors;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/// The error codes of the public contract, with their HTTP statuses and sentences. They know no
/// causes: the code that detects a cause chooses the error code.
public enum ErrorCode {
  /// Its sentence names the invalid field; see [Failure#invalidRequest].
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, false, "The request is not valid."),
  UNAUTHORIZED(
      HttpStatus.UNAUTHORIZED, false, "Cannot reach the chat service (authorisation required)."),
  ACCESS_CODE_REQUIRED(HttpStatus.UNAUTHORIZED, false, "Please enter the access code."),
  ORIGIN_NOT_ALLOWED(
      HttpStatus.FORBIDDEN, false, "This environment is not authorised to use the chat service."),
  NOT_FOUND(HttpStatus.NOT_FOUND, false, Sentences.SOMETHING_WENT_WRONG),
  MODEL_NOT_FOUND(
      HttpStatus.NOT_FOUND, false, "This model is not available. Please choose another."),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, false, Sentences.SOMETHING_WENT_WRONG),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, false, Sentences.SOMETHING_WENT_WRONG),
  RESUME_CONFLICT(HttpStatus.CONFLICT, false, Sentences.SOMETHING_WENT_WRONG),
  PAYLOAD_TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE, false, Sentences.TOO_LONG),
  CONTEXT_TOO_LONG(HttpStatus.BAD_REQUEST, false, Sentences.TOO_LONG),
  RATE_LIMITED(
      HttpStatus.TOO_MANY_REQUESTS, true, "Too many requests. Please wait a moment and try again."),
  OVERLOADED(
      HttpStatus.SERVICE_UNAVAILABLE,
      true,
      "The chat service is busy. Please try again in a moment."),
  TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, true, "The model is taking too long—please try again."),
  PROVIDER_ERROR(HttpStatus.BAD_GATEWAY, true, Sentences.SOMETHING_WENT_WRONG),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, true, Sentences.SOMETHING_WENT_WRONG);

  /// nginx's status for a client that closed its request before the response. Never sent.
  public static final int CLIENT_CLOSED_REQUEST = 499;

  private final HttpStatus status;
  private final boolean retryable;
  private final String message;

  ErrorCode(HttpStatus status, boolean retryable, String message) {
    this.status = status;
    this.retryable = retryable;
    this.message = message;
  }

  /// The code for a status that Spring or the container has chosen.
  public static ErrorCode of(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 413 -> PAYLOAD_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      // An encoding or a version of HTTP that the container does not know.
      case 501, 505 -> INVALID_REQUEST;
      case 503 -> OVERLOADED;
      default -> status < 500 ? INVALID_REQUEST : INTERNAL;
    };
  }

  /// The name on the wire, such as `rate_limited`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The `code` of the error in OpenAI's API, which has its own name for a conversation that is too
  /// long: clients that then shorten it look for that.
  public String openAiCode() {
    return this == CONTEXT_TOO_LONG ? "context_length_exceeded" : code();
  }

  /// The `type` of the error in OpenAI's API.
  String openAiType() {
    return switch (this) {
      case INVALID_REQUEST,
          NOT_FOUND,
          MODEL_NOT_FOUND,
          METHOD_NOT_ALLOWED,
          UNSUPPORTED_MEDIA_TYPE,
          RESUME_CONFLICT,
          PAYLOAD_TOO_LARGE,
          CONTEXT_TOO_LONG ->
          "invalid_request_error";
      case UNAUTHORIZED, ACCESS_CODE_REQUIRED -> "authentication_error";
      case ORIGIN_NOT_ALLOWED -> "permission_error";
      case RATE_LIMITED -> "rate_limit_error";
      case OVERLOADED -> "service_unavailable_error";
      case TIMEOUT, PROVIDER_ERROR, INTERNAL -> "server_error";
    };
  }

  public HttpStatus status() {
    return status;
  }

  /// Whether the same request can succeed if the user sends it again, unless the failure knows
  /// better; see [Failure#retryable].
  public boolean retryable() {
    return retryable;
  }

  public String message() {
    return message;
  }

  private static final class Sentences {
    static final String SOMETHING_WENT_WRONG = "Something went wrong. Please try again.";
    static final String TOO_LONG = "This conversation is too long. Please start a new one.";
  }
}

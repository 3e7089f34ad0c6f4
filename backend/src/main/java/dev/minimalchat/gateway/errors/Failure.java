package dev.minimalchat.gateway.errors;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// A request that cannot continue. Thrown where the cause is detected, rendered by [ErrorHandler].
///
/// [#getMessage] is the cause, for the log; the client only receives [#userMessage]. Neither quotes
/// what the provider or the caller has sent.
public class Failure extends RuntimeException {
  private final ErrorCode code;
  private final String userMessage;
  private final @Nullable Duration retryAfter;
  private final String param;

  public Failure(ErrorCode code, String cause) {
    this(code, cause, null, null);
  }

  public Failure(ErrorCode code, String cause, @Nullable Throwable throwable) {
    this(code, cause, null, throwable);
  }

  /// @param retryAfter how long the client should wait, if known
  public Failure(
      ErrorCode code, String cause, @Nullable Duration retryAfter, @Nullable Throwable throwable) {
    this(code, code.message(), cause, retryAfter, throwable, "");
  }

  /// @param userMessage must quote nothing of the request and of the provider
  protected Failure(
      ErrorCode code,
      String userMessage,
      String cause,
      @Nullable Duration retryAfter,
      @Nullable Throwable throwable,
      String param) {
    super(cause, throwable);
    this.code = code;
    this.userMessage = userMessage;
    this.retryAfter = retryAfter;
    this.param = param;
  }

  /// A failure with a variable sentence: it names the invalid field. It must quote nothing of the
  /// request but field names.
  public static Failure invalidRequest(String what) {
    return invalidRequest(what, what, "");
  }

  /// A request of which one parameter is wrong.
  ///
  /// @param param its documented name, with indices
  /// @param problem what is wrong with it, such as `is not supported`
  public static Failure invalidParameter(String param, String problem) {
    String what = param + " " + problem;
    return new Failure(ErrorCode.INVALID_REQUEST, what, what, null, null, param);
  }

  /// A body that a program has compressed.
  public static Failure encodedBody() {
    String header = HttpHeaders.CONTENT_ENCODING;
    return new Failure(
        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
        header + " is not supported",
        "encoded body",
        null,
        null,
        header);
  }

  /// A model that the operator does not offer.
  public static Failure modelNotFound() {
    ErrorCode code = ErrorCode.MODEL_NOT_FOUND;
    return new Failure(code, code.message(), "model not in MODELS", null, null, "model");
  }

  /// @param cause for the log, where `what` has a field name that the caller chose
  /// @param param the field
  static Failure invalidRequest(String what, String cause, String param) {
    return new Failure(ErrorCode.INVALID_REQUEST, what, cause, null, null, param);
  }

  public ErrorCode code() {
    return code;
  }

  public String userMessage() {
    return userMessage;
  }

  /// Whether the same request can succeed if the user sends it again.
  public boolean retryable() {
    return code.retryable();
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /// The parameter of the request that is wrong; empty if it is none, or unknown.
  public String param() {
    return param;
  }
}

package dev.minimalchat.gateway.errors;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request that cannot continue. Thrown where the cause is detected, rendered by [ErrorHandler].
///
/// [#getMessage] is the cause, for the log; the client only receives [#userMessage]. Neither quotes
/// what the provider or the caller has sent.
public class Failure extends RuntimeException {
  private final ErrorCode code;
  private final String userMessage;
  private final @Nullable Duration retryAfter;

  public Failure(ErrorCode code, String cause) {
    this(code, cause, null, null);
  }

  public Failure(ErrorCode code, String cause, @Nullable Throwable throwable) {
    this(code, cause, null, throwable);
  }

  /// @param retryAfter how long the client should wait, if known
  public Failure(
      ErrorCode code, String cause, @Nullable Duration retryAfter, @Nullable Throwable throwable) {
    this(code, code.message(), cause, retryAfter, throwable);
  }

  private Failure(
      ErrorCode code,
      String userMessage,
      String cause,
      @Nullable Duration retryAfter,
      @Nullable Throwable throwable) {
    super(cause, throwable);
    this.code = code;
    this.userMessage = userMessage;
    this.retryAfter = retryAfter;
  }

  /// The only failure with a variable sentence: it names the invalid field. It must quote nothing
  /// of the request but field names.
  public static Failure invalidRequest(String what) {
    return invalidRequest(what, what);
  }

  /// @param cause for the log, where `what` has a field name that the caller chose
  static Failure invalidRequest(String what, String cause) {
    return new Failure(ErrorCode.INVALID_REQUEST, what, cause, null, null);
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
}

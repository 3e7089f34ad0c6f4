package dev.minimalchat.gateway.errors;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A chat that cannot go on. Thrown by whoever knows the cause, rendered in one place.
///
/// [#getMessage] is for the log and may quote the provider; the caller only ever sees
/// [#userMessage].
public class Failure extends RuntimeException {
  private final ErrorCode code;
  private final String userMessage;
  private final @Nullable Duration retryAfter;
  private volatile boolean logged;

  public Failure(ErrorCode code, String cause) {
    this(code, cause, null, null);
  }

  public Failure(ErrorCode code, String cause, @Nullable Throwable throwable) {
    this(code, cause, null, throwable);
  }

  /// @param retryAfter how long the caller had better wait, where that is known
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

  /// The one failure whose sentence is not fixed: it says what is wrong, and with which field. It
  /// must quote nothing of the request but names of fields.
  public static Failure invalidRequest(String what) {
    return new Failure(ErrorCode.INVALID_REQUEST, what, what, null, null);
  }

  /// Whoever writes the line about this failure says so first, that there be only one.
  public void markLogged() {
    logged = true;
  }

  boolean isLogged() {
    return logged;
  }

  public ErrorCode code() {
    return code;
  }

  public String userMessage() {
    return userMessage;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}

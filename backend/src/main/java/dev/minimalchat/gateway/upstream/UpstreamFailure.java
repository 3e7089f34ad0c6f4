package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A failure of the provider, with the information whether a retry can succeed.
///
/// An immediate retry by the gateway and a later one by the user are two questions: an answer that
/// failed after its first text is not requested again at once, but the user can ask for it. Only a
/// permanent failure, such as a refused key, rules out both.
public final class UpstreamFailure extends Failure {
  private final boolean transient_;
  private final @Nullable Usage usage;
  private final Kind kind;

  /// @param transient_ whether the same request can succeed if it is sent again at once
  public UpstreamFailure(
      ErrorCode code,
      boolean transient_,
      String cause,
      @Nullable Duration retryAfter,
      @Nullable Throwable throwable) {
    this(code, code.message(), transient_, cause, retryAfter, throwable, null, Kind.OUTAGE, "");
  }

  private UpstreamFailure(
      ErrorCode code,
      String userMessage,
      boolean transient_,
      String cause,
      @Nullable Duration retryAfter,
      @Nullable Throwable throwable,
      @Nullable Usage usage,
      Kind kind,
      String param) {
    super(code, userMessage, cause, retryAfter, throwable, param);
    this.transient_ = transient_;
    this.usage = usage;
    this.kind = kind;
  }

  private enum Kind {
    OUTAGE,
    SERVER_ERROR,
    PERMANENT,
    CONTENT_POLICY
  }

  /// The provider cannot read an image or a file of the request.
  ///
  /// @param what says so to the user
  public static UpstreamFailure refusedAttachment(String what, String cause) {
    return refused(what, cause, "");
  }

  /// The provider does not take a parameter that the client has chosen.
  ///
  /// @param param its documented name
  public static UpstreamFailure refusedParameter(String param, String cause) {
    return refused(param + " is not accepted by the model", cause, param);
  }

  private static UpstreamFailure refused(String what, String cause, String param) {
    return new UpstreamFailure(
        ErrorCode.INVALID_REQUEST, what, false, cause, null, null, null, Kind.PERMANENT, param);
  }

  /// The same failure for the client, which is not tried again at once, with another cause for the
  /// log.
  public UpstreamFailure withCause(String cause, Throwable throwable) {
    Duration wait = retryAfter().orElse(null);
    return new UpstreamFailure(
        code(), userMessage(), false, cause, wait, throwable, usage, kind, param());
  }

  /// The same failure of an answer that has used tokens.
  public UpstreamFailure withUsage(@Nullable Usage usage) {
    return with(usage, kind);
  }

  /// The same failure, known as a plain 500: the provider failed on this request, which may be the
  /// request's fault, rather than being busy or unreachable.
  public UpstreamFailure asServerError() {
    return with(usage, Kind.SERVER_ERROR);
  }

  /// The same failure, which only the operator can end: the key is refused, the quota is exhausted,
  /// or the request does not suit the provider.
  public UpstreamFailure asPermanent() {
    return with(usage, Kind.PERMANENT);
  }

  /// The same failure, known as the provider's refusal of what the user wrote.
  public UpstreamFailure asContentPolicy() {
    return with(usage, Kind.CONTENT_POLICY);
  }

  @Override
  public boolean retryable() {
    return !isPermanent() && super.retryable();
  }

  /// The tokens that the failed answer has used; null where the provider reports none.
  public @Nullable Usage usage() {
    return usage;
  }

  public static boolean isServerError(Throwable failure) {
    return failure instanceof UpstreamFailure upstream && upstream.kind == Kind.SERVER_ERROR;
  }

  /// Whether another provider must not be asked, because this one has refused the content.
  public boolean isContentPolicy() {
    return kind == Kind.CONTENT_POLICY;
  }

  public static boolean isTransient(Throwable failure) {
    return failure instanceof UpstreamFailure upstream && upstream.transient_;
  }

  private boolean isPermanent() {
    return kind == Kind.PERMANENT || kind == Kind.CONTENT_POLICY;
  }

  private UpstreamFailure with(@Nullable Usage usage, Kind kind) {
    String cause = Objects.requireNonNull(getMessage());
    Duration wait = retryAfter().orElse(null);
    return new UpstreamFailure(
        code(), userMessage(), transient_, cause, wait, getCause(), usage, kind, param());
  }
}

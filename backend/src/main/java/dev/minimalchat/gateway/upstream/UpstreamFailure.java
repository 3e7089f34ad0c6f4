package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A failure of the provider, with the information whether a retry can succeed.
///
/// That differs from [ErrorCode#retryable], which is advice to the user: an exhausted quota tells
/// the user to try again, but an immediate retry by the gateway is pointless.
public final class UpstreamFailure extends Failure {
  private final boolean transient_;
  private final @Nullable Usage usage;

  /// @param transient_ whether the same request can succeed if it is sent again at once
  public UpstreamFailure(
      ErrorCode code,
      boolean transient_,
      String cause,
      @Nullable Duration retryAfter,
      @Nullable Throwable throwable) {
    this(code, transient_, cause, retryAfter, throwable, null);
  }

  private UpstreamFailure(
      ErrorCode code,
      boolean transient_,
      String cause,
      @Nullable Duration retryAfter,
      @Nullable Throwable throwable,
      @Nullable Usage usage) {
    super(code, cause, retryAfter, throwable);
    this.transient_ = transient_;
    this.usage = usage;
  }

  /// The same failure of an answer that has used tokens.
  public UpstreamFailure withUsage(@Nullable Usage usage) {
    return new UpstreamFailure(
        code(),
        transient_,
        String.valueOf(getMessage()),
        retryAfter().orElse(null),
        getCause(),
        usage);
  }

  /// The tokens that the failed answer has used; null where the provider reports none.
  public @Nullable Usage usage() {
    return usage;
  }

  public static boolean isTransient(Throwable failure) {
    return failure instanceof UpstreamFailure upstream && upstream.transient_;
  }
}

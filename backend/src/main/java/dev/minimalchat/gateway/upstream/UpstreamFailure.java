package dev.minimalchat.gateway.upstream;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A failure on the provider's side, which also says whether it may pass by itself.
///
/// That is not [ErrorCode#retryable], which is advice to a person: an exhausted quota reads "please
/// try again" to the user, but asking the provider again at once is pointless.
public final class UpstreamFailure extends Failure {
  private final boolean passing;

  /// @param passing whether the same request may well succeed a moment later
  public UpstreamFailure(
      ErrorCode code,
      boolean passing,
      String cause,
      @Nullable Duration retryAfter,
      @Nullable Throwable throwable) {
    super(code, cause, retryAfter, throwable);
    this.passing = passing;
  }

  static boolean passing(Throwable failure) {
    return failure instanceof UpstreamFailure upstream && upstream.passing;
  }
}

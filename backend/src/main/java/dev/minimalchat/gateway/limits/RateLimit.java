package dev.minimalchat.gateway.limits;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A client's rate after a request.
///
/// @param permitted whether the request is within the rate
/// @param remaining requests that are permitted now
/// @param reset if the request is not permitted, until the next one is; otherwise at least until
///   the rate is unused again
public record RateLimit(boolean permitted, int remaining, Duration reset) {

  /// Takes a request from the rate of this instance.
  static RateLimit acquire(RateLimiter requests) {
    boolean permitted = requests.acquirePermission();
    int remaining = Math.max(0, requests.getMetrics().getAvailablePermissions());
    return new RateLimit(permitted, remaining, untilReset(requests));
  }

  /// The limiter reports the wait only when no permission is left; otherwise the period is the
  /// upper bound.
  static Duration untilReset(RateLimiter requests) {
    long wait = ((AtomicRateLimiter) requests).getDetailedMetrics().getNanosToWait();
    return wait > 0 ? Duration.ofNanos(wait) : ClientLimitsCache.PERIOD;
  }

  /// What the client may rely on, if this request is within the rate of this instance.
  ///
  /// @param shared the rate of all instances; null if it is unknown
  RateLimit and(@Nullable RateLimit shared) {
    if (shared == null) {
      return this;
    }
    if (!shared.permitted) {
      return shared;
    }
    Duration later = reset.compareTo(shared.reset) < 0 ? shared.reset : reset;
    return new RateLimit(true, Math.min(remaining, shared.remaining), later);
  }
}

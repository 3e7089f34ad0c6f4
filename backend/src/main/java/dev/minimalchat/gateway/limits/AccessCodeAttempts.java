package dev.minimalchat.gateway.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Limits the wrong access codes of each address. The cache is bounded, so that many addresses
/// cannot fill the memory.
@Component
public class AccessCodeAttempts {
  private static final int MAX_WRONG_PER_MINUTE = 5;
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int MAX_ADDRESSES = 100_000;

  private static final RateLimiterConfig CONFIG =
      RateLimiterConfig.custom()
          .limitForPeriod(MAX_WRONG_PER_MINUTE)
          .limitRefreshPeriod(PERIOD)
          .timeoutDuration(Duration.ZERO)
          .build();

  private final LoadingCache<String, RateLimiter> addresses =
      Caffeine.newBuilder()
          .maximumSize(MAX_ADDRESSES)
          .expireAfterAccess(PERIOD.multipliedBy(2))
          .build(_ -> RateLimiter.of("wrong access codes", CONFIG));

  /// The result of the comparison; null if it is wrong, which counts. Attempts of one address wait
  /// for each other, so that no two of them use the last one.
  ///
  /// @throws Failure RATE_LIMITED, before the comparison, if the address has no attempts left
  public @Nullable String compare(String address, Supplier<@Nullable String> comparison) {
    RateLimiter wrong = addresses.get(address);
    synchronized (wrong) {
      if (wrong.getMetrics().getAvailablePermissions() < 1) {
        throw new Failure(
            ErrorCode.RATE_LIMITED,
            "too many wrong access codes",
            RateLimit.untilReset(wrong),
            null);
      }
      String match = comparison.get();
      if (match == null) {
        wrong.acquirePermission();
      }
      return match;
    }
  }
}

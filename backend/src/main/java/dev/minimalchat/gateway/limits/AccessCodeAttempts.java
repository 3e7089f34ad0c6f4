package dev.minimalchat.gateway.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Limits the different wrong access codes of each address. One that is sent again, such as an old
/// code by a tab that is still open, counts once, so that it does not refuse others behind the same
/// address. The cache is bounded, so that many addresses cannot fill the memory.
@Component
public class AccessCodeAttempts {
  private static final int MAX_WRONG_PER_MINUTE = 5;
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int MAX_ADDRESSES = 100_000;
  private static final int MAX_REMEMBERED = 16;

  private static final RateLimiterConfig CONFIG =
      RateLimiterConfig.custom()
          .limitForPeriod(MAX_WRONG_PER_MINUTE)
          .limitRefreshPeriod(PERIOD)
          .timeoutDuration(Duration.ZERO)
          .build();

  private final LoadingCache<String, Attempts> addresses =
      Caffeine.newBuilder()
          .maximumSize(MAX_ADDRESSES)
          .expireAfterAccess(PERIOD.multipliedBy(2))
          .build(_ -> new Attempts());

  /// The result of the comparison; null if it is wrong, which counts. Attempts of one address wait
  /// for each other, so that no two of them use the last one.
  ///
  /// @param digest of the code; only computed for a wrong one
  /// @throws Failure RATE_LIMITED, before the comparison, if the address has no attempts left
  public @Nullable String compare(
      String address, Supplier<String> digest, Supplier<@Nullable String> comparison) {
    Attempts attempts = addresses.get(address);
    synchronized (attempts) {
      RateLimiter wrong = attempts.limiter;
      if (wrong.getMetrics().getAvailablePermissions() < 1) {
        throw new Failure(
            ErrorCode.RATE_LIMITED,
            "too many wrong access codes",
            RateLimit.untilReset(wrong),
            null);
      }
      String match = comparison.get();
      if (match == null && attempts.remember(digest.get())) {
        wrong.acquirePermission();
      }
      return match;
    }
  }

  /// The wrong codes of one address.
  private static final class Attempts {
    private final RateLimiter limiter = RateLimiter.of("wrong access codes", CONFIG);
    private final Set<String> digests = new LinkedHashSet<>();

    /// Returns whether the code is a new one.
    boolean remember(String digest) {
      if (digests.contains(digest)) {
        return false;
      }
      if (digests.size() == MAX_REMEMBERED) {
        digests.remove(digests.iterator().next());
      }
      return digests.add(digest);
    }
  }
}

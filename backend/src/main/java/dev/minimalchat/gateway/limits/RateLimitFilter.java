package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RejectingFilter;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Limits the requests of each client before their bodies are read, and sends the `RateLimit-*`
/// headers.
public class RateLimitFilter extends RejectingFilter {
  private final ClientLimitsCache clients;

  RateLimitFilter(ClientLimitsCache clients, HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.clients = clients;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !isApiRequest(request);
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
    RateLimiter requests = clients.of(request).requests();
    boolean permitted = requests.acquirePermission();
    int remaining = Math.max(0, requests.getMetrics().getAvailablePermissions());
    Duration reset = untilReset(requests);
    response.setIntHeader("RateLimit-Limit", requests.getRateLimiterConfig().getLimitForPeriod());
    response.setIntHeader("RateLimit-Remaining", remaining);
    response.setIntHeader("RateLimit-Reset", Math.toIntExact(reset.plusMillis(999).toSeconds()));
    if (!permitted) {
      throw new Failure(ErrorCode.RATE_LIMITED, "over " + requests.getName(), reset, null);
    }
    return request;
  }

  /// The limiter reports the wait only when no permission is left; otherwise the period is the
  /// upper bound.
  private static Duration untilReset(RateLimiter requests) {
    long wait = ((AtomicRateLimiter) requests).getDetailedMetrics().getNanosToWait();
    return wait > 0 ? Duration.ofNanos(wait) : ClientLimitsCache.PERIOD;
  }
}

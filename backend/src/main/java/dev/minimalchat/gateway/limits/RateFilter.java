package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RefusalFilter;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Counts the requests of each client, before their bodies are read, and tells how many are left.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 25)
class RateFilter extends RefusalFilter {
  private final Clients clients;

  RateFilter(Clients clients, HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.clients = clients;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !asksTheApi(request);
  }

  @Override
  protected HttpServletRequest admit(HttpServletRequest request, HttpServletResponse response) {
    RateLimiter requests = clients.of(request).requests();
    boolean admitted = requests.acquirePermission();
    int limit = requests.getRateLimiterConfig().getLimitForPeriod();
    int left = Math.max(0, requests.getMetrics().getAvailablePermissions());
    Duration reset = untilMore(requests);
    response.setIntHeader("RateLimit-Limit", limit);
    response.setIntHeader("RateLimit-Remaining", left);
    response.setIntHeader("RateLimit-Reset", Math.toIntExact(reset.plusMillis(999).toSeconds()));
    if (!admitted) {
      throw new Failure(ErrorCode.RATE_LIMITED, "over RATE_LIMIT_PER_MINUTE", reset, null);
    }
    return request;
  }

  /// While some are left the limiter does not say when the next period begins: a whole one at most.
  private static Duration untilMore(RateLimiter requests) {
    long wait = ((AtomicRateLimiter) requests).getDetailedMetrics().getNanosToWait();
    return wait > 0 ? Duration.ofNanos(wait) : Clients.PERIOD;
  }
}

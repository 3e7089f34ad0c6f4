package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RejectingFilter;
import dev.minimalchat.gateway.limits.ClientLimitsCache.ClientLimits;
import io.github.resilience4j.ratelimiter.RateLimiter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Limits the requests of each client before their bodies are read, and sends the `RateLimit-*`
/// headers. A request over the rate of this instance does not reach the shared one.
public class RateLimitFilter extends RejectingFilter {
  private final ClientLimitsCache clients;
  private final SharedRates shared;

  RateLimitFilter(
      ClientLimitsCache clients,
      SharedRates shared,
      HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.clients = clients;
    this.shared = shared;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !isApiRequest(request);
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
    ClientLimits client = clients.of(request);
    RateLimiter requests = client.requests();
    int perMinute = requests.getRateLimiterConfig().getLimitForPeriod();
    RateLimit rate = RateLimit.acquire(requests);
    if (rate.permitted()) {
      rate = rate.and(shared.acquire(client.id(), perMinute));
    }
    response.setIntHeader("RateLimit-Limit", perMinute);
    response.setIntHeader("RateLimit-Remaining", rate.remaining());
    response.setIntHeader(
        "RateLimit-Reset", Math.toIntExact(rate.reset().plusMillis(999).toSeconds()));
    if (!rate.permitted()) {
      throw new Failure(ErrorCode.RATE_LIMITED, "over " + requests.getName(), rate.reset(), null);
    }
    return request;
  }
}

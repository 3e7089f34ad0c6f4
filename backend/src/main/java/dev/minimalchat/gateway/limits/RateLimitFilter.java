package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RejectingFilter;
import dev.minimalchat.gateway.limits.ClientLimitsCache.ClientLimits;
import io.github.resilience4j.ratelimiter.RateLimiter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// Limits the requests of each client before their bodies are read, and sends the `RateLimit-*`
/// headers. A request over the rate of this instance does not reach the shared one.
public class RateLimitFilter extends RejectingFilter {
  private static final PathPattern STREAM =
      PathPatternParser.defaultInstance.parse("/v1/chat/stream");

  /// Of the key of a shared rate.
  private static final String READS = " reads";

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
    return !isApiRequest(request) || isStop(request);
  }

  /// A client can always stop an answer, which costs less than to let it run.
  private static boolean isStop(HttpServletRequest request) {
    return request.getMethod().equals(HttpMethod.DELETE.name())
        && STREAM.matches(ServletRequestPathUtils.parse(request).pathWithinApplication());
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
    ClientLimits client = clients.of(request);
    boolean isRead = request.getMethod().equals(HttpMethod.GET.name());
    RateLimiter requests = isRead ? client.reads() : client.requests();
    int perMinute = requests.getRateLimiterConfig().getLimitForPeriod();
    RateLimit rate = RateLimit.acquire(requests);
    if (rate.permitted()) {
      rate = rate.and(shared.acquire(isRead ? client.id() + READS : client.id(), perMinute));
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

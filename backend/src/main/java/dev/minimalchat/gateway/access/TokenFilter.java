package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.access.ClientTokens.TokenMatch;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RejectingFilter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Requires the client token for API requests.
public class TokenFilter extends RejectingFilter {
  private static final String SCHEME = "Bearer ";
  private static final Logger log = LoggerFactory.getLogger(TokenFilter.class);

  private final ClientTokens tokens;
  private final MeterRegistry meters;

  TokenFilter(
      ClientTokens tokens,
      MeterRegistry meters,
      HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.tokens = tokens;
    this.meters = meters;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !isApiRequest(request);
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
    TokenMatch match = tokens.match(bearerToken(request));
    meters
        .counter("gateway.client.token.requests", "token", match.name().toLowerCase(Locale.ROOT))
        .increment();
    if (match == TokenMatch.PREVIOUS) {
      log.info("GATEWAY_TOKEN_PREVIOUS is still in use");
    }
    if (match == TokenMatch.INVALID) {
      throw new Failure(ErrorCode.UNAUTHORIZED, "client token missing or invalid");
    }
    return request;
  }

  /// The bearer token, or an empty string.
  private static String bearerToken(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    boolean isBearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return isBearer ? header.substring(SCHEME.length()).strip() : "";
  }
}

package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.access.ClientTokens.Generation;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RefusalFilter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Lets no request to the API through without the client token.
@Component
@Order(TokenFilter.ORDER)
class TokenFilter extends RefusalFilter {
  static final int ORDER = OriginFilter.ORDER + 10;

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
    return !asksTheApi(request);
  }

  @Override
  protected HttpServletRequest admit(HttpServletRequest request, HttpServletResponse response) {
    Generation generation = tokens.generation(bearer(request));
    meters
        .counter("gateway.tokens", "generation", generation.name().toLowerCase(Locale.ROOT))
        .increment();
    if (generation == Generation.PREVIOUS) {
      log.info("the previous token is still in use");
    }
    if (generation == Generation.NONE) {
      throw new Failure(ErrorCode.UNAUTHORIZED, "no token, or not a current one");
    }
    return request;
  }

  /// The token, empty where there is none.
  private static String bearer(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return bearer ? header.substring(SCHEME.length()).strip() : "";
  }
}

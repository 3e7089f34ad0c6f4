package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RefusalFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Lets no request to the API through without the client token.
@Component
@Order(TokenFilter.ORDER)
class TokenFilter extends RefusalFilter {
  static final int ORDER = OriginFilter.ORDER + 10;

  private static final String SCHEME = "bearer ";

  private final ClientTokens tokens;

  TokenFilter(ClientTokens tokens, HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.tokens = tokens;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/v1/");
  }

  @Override
  protected HttpServletRequest admit(HttpServletRequest request, HttpServletResponse response) {
    String offered = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (offered == null || !offered.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw new Failure(ErrorCode.UNAUTHORIZED, "no bearer token");
    }
    if (!tokens.accept(offered.substring(SCHEME.length()).strip())) {
      throw new Failure(ErrorCode.UNAUTHORIZED, "wrong token");
    }
    return request;
  }
}

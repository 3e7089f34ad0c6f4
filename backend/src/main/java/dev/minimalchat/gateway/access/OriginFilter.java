package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RejectingFilter;
import dev.minimalchat.gateway.errors.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// CORS. It runs before every filter that can reject a request, so that a page with an allowed
/// origin can read the error, and any other page cannot.
public class OriginFilter extends RejectingFilter {
  private static final Duration PREFLIGHT_AGE = Duration.ofHours(2);

  private final AllowedOrigins origins;

  OriginFilter(AllowedOrigins origins, HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.origins = origins;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean isPreflight = CorsUtils.isPreFlightRequest(request);
    super.doFilterInternal(request, response, isPreflight ? (_, _) -> preflight(response) : chain);
  }

  @Override
  protected HttpServletRequest check(HttpServletRequest request, HttpServletResponse response) {
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null || isSameOrigin(request)) {
      return request;
    }
    if (!origins.allows(origin)) {
      throw new Failure(ErrorCode.ORIGIN_NOT_ALLOWED, "origin not allowed");
    }
    response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.setHeader(
        HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
        RequestId.HEADER + ", Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset");
    return request;
  }

  /// Whether the gateway itself served the page. An origin that cannot be parsed is a foreign one.
  private static boolean isSameOrigin(HttpServletRequest request) {
    try {
      return !CorsUtils.isCorsRequest(request);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void preflight(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
    response.setHeader(
        HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
        "Authorization, Content-Type, " + RequestId.HEADER);
    response.setHeader(
        HttpHeaders.ACCESS_CONTROL_MAX_AGE, Long.toString(PREFLIGHT_AGE.toSeconds()));
  }
}

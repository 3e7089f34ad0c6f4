package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RefusalFilter;
import dev.minimalchat.gateway.errors.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Answers browsers about origins. It comes before everything that can fail, so that a page whose
/// origin is allowed can read every error, and one whose origin is not learns nothing.
@Component
@Order(OriginFilter.ORDER)
class OriginFilter extends RefusalFilter {
  static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

  private static final Duration PREFLIGHT_AGE = Duration.ofHours(2);

  private final Origins origins;

  OriginFilter(Origins origins, HandlerExceptionResolver handlerExceptionResolver) {
    super(handlerExceptionResolver);
    this.origins = origins;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    super.doFilterInternal(
        request,
        response,
        CorsUtils.isPreFlightRequest(request) ? (_, _) -> preflight(response) : chain);
  }

  @Override
  protected HttpServletRequest admit(HttpServletRequest request, HttpServletResponse response) {
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null || isOurOwn(request)) {
      return request;
    }
    if (!origins.allow(origin)) {
      throw new Failure(ErrorCode.ORIGIN_NOT_ALLOWED, "origin not allowed");
    }
    response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.setHeader(
        HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
        RequestId.HEADER
            + ", "
            + HttpHeaders.RETRY_AFTER
            + ", RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset");
    return request;
  }

  /// Whether the page was served from here. An origin that cannot be read is nobody's.
  private static boolean isOurOwn(HttpServletRequest request) {
    try {
      return !CorsUtils.isCorsRequest(request);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void preflight(ServletResponse answer) {
    HttpServletResponse response = (HttpServletResponse) answer;
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
    response.setHeader(
        HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
        "Authorization, Content-Type, " + RequestId.HEADER);
    response.setHeader(
        HttpHeaders.ACCESS_CONTROL_MAX_AGE, Long.toString(PREFLIGHT_AGE.toSeconds()));
  }
}

package dev.minimalchat.gateway.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/// Sets the request id before any filter can reject the request.
public class RequestIdFilter extends OncePerRequestFilter {
  private static final String LOG_FIELD = "request_id";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    RequestId id = RequestId.accept(request.getHeader(RequestId.HEADER));
    request.setAttribute(RequestId.ATTRIBUTE, id);
    response.setHeader(RequestId.HEADER, id.value());
    try (var _ = MDC.putCloseable(LOG_FIELD, id.value())) {
      chain.doFilter(request, response);
    }
  }
}

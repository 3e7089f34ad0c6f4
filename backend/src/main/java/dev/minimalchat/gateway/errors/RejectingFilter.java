package dev.minimalchat.gateway.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// A filter that can reject a request, with the response that [ErrorHandler] renders.
public abstract class RejectingFilter extends OncePerRequestFilter {
  private static final PathPattern API = PathPatternParser.defaultInstance.parse("/v1/**");

  private final HandlerExceptionResolver handler;

  protected RejectingFilter(HandlerExceptionResolver handlerExceptionResolver) {
    this.handler = handlerExceptionResolver;
  }

  /// Checks the request and returns it, or a wrapper for the rest of the chain.
  ///
  /// @throws Failure to reject it
  protected abstract HttpServletRequest check(
      HttpServletRequest request, HttpServletResponse response);

  /// Whether the request is for the API. The path is parsed as for the controllers, so that no
  /// encoded form of it (`/%761/chat`, `/v1;a=b/chat`) bypasses a filter.
  protected static boolean isApiRequest(HttpServletRequest request) {
    return API.matches(ServletRequestPathUtils.parse(request).pathWithinApplication());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest checked;
    try {
      checked = check(request, response);
    } catch (Failure failure) {
      handler.resolveException(request, response, null, failure);
      return;
    }
    chain.doFilter(checked, response);
  }
}

package dev.minimalchat.gateway.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// A filter that may refuse a request before it reaches its controller, with the very answer that
/// [ErrorHandler] would give.
public abstract class RefusalFilter extends OncePerRequestFilter {
  private final HandlerExceptionResolver handler;

  protected RefusalFilter(HandlerExceptionResolver handlerExceptionResolver) {
    this.handler = handlerExceptionResolver;
  }

  /// Looks at the request and returns what shall go on in its place, usually the request itself.
  ///
  /// @throws Failure to refuse it
  protected abstract HttpServletRequest admit(
      HttpServletRequest request, HttpServletResponse response);

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest admitted;
    try {
      admitted = admit(request, response);
    } catch (Failure failure) {
      handler.resolveException(request, response, null, failure);
      return;
    }
    chain.doFilter(admitted, response);
  }
}

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

/// A filter that may refuse a request before it reaches its controller, with the very answer that
/// [ErrorHandler] would give.
public abstract class RefusalFilter extends OncePerRequestFilter {
  private static final PathPattern API = PathPatternParser.defaultInstance.parse("/v1/**");

  private final HandlerExceptionResolver handler;

  protected RefusalFilter(HandlerExceptionResolver handlerExceptionResolver) {
    this.handler = handlerExceptionResolver;
  }

  /// Looks at the request and returns what shall go on in its place, usually the request itself.
  ///
  /// @throws Failure to refuse it
  protected abstract HttpServletRequest admit(
      HttpServletRequest request, HttpServletResponse response);

  /// Whether the request is for the API. The path is read as the controllers read it, so that no
  /// other spelling of it (`/%761/chat`, `/v1;a=b/chat`) reaches them unseen.
  protected static boolean asksTheApi(HttpServletRequest request) {
    return API.matches(ServletRequestPathUtils.parse(request).pathWithinApplication());
  }

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

package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.errors.OpenAiRoutes;
import dev.minimalchat.gateway.limits.ApiClient;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Marks the requests of programs, so that each has its own limits. It rejects nothing: a request
/// without a token is limited first, and rejected by [TokenFilter] then.
public class ApiClientFilter extends OncePerRequestFilter {
  private final ApiTokens tokens;

  ApiClientFilter(ApiTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !tokens.exist() || !(OpenAiRoutes.matches(request) || OpenAiRoutes.isUnknown(request));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ApiClient client = tokens.match(BearerToken.of(request));
    if (client != null) {
      client.mark(request);
      OpenAiRoutes.markProgram(request);
    }
    chain.doFilter(request, response);
  }
}

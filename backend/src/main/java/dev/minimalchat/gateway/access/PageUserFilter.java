package dev.minimalchat.gateway.access;

import dev.minimalchat.gateway.errors.OpenAiRoutes;
import dev.minimalchat.gateway.limits.PageUser;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Marks the requests of users that a trusted proxy has authenticated, so that each has its own
/// limits. It rejects nothing: a request without a user is limited first, and rejected by
/// [TokenFilter] then.
public class PageUserFilter extends OncePerRequestFilter {
  private final TrustedUsers users;

  PageUserFilter(TrustedUsers users) {
    this.users = users;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    boolean isForPrograms = OpenAiRoutes.matches(request) && !OpenAiRoutes.isModels(request);
    return !users.areRequired() || isForPrograms;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String name = users.of(request);
    if (name != null) {
      new PageUser(name, users.hash(name)).mark(request);
    }
    chain.doFilter(request, response);
  }
}

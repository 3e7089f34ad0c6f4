package dev.minimalchat.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// The access code that a request of the page has sent. The filter that knows the codes marks it.
///
/// @param name of the code, never the code
public record AccessCode(String name) {
  private static final String ATTRIBUTE = AccessCode.class.getName();

  /// The code of this request; null if it has none.
  public static @Nullable AccessCode of(HttpServletRequest request) {
    return (AccessCode) request.getAttribute(ATTRIBUTE);
  }

  /// Marks a request with this code.
  public void mark(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}

package dev.minimalchat.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// A user of the page whom a trusted proxy has authenticated. The filter that knows the proxies
/// marks the requests.
///
/// @param name what the proxy calls the user, such as an email address; never logged
/// @param hash of the name, for the log
public record PageUser(String name, String hash) {
  private static final String ATTRIBUTE = PageUser.class.getName();

  /// The user who sends this request; null if none is known.
  public static @Nullable PageUser of(HttpServletRequest request) {
    return (PageUser) request.getAttribute(ATTRIBUTE);
  }

  /// Marks a request as this user's.
  public void mark(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}

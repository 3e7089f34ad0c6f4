package dev.minimalchat.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// A program that has sent an API token. The filter that knows the tokens marks its requests.
///
/// @param name the token's name, never the token
public record ApiClient(String name) {
  private static final String ATTRIBUTE = ApiClient.class.getName();

  /// The program that sends this request; null if it is none.
  public static @Nullable ApiClient of(HttpServletRequest request) {
    return (ApiClient) request.getAttribute(ATTRIBUTE);
  }

  /// The client of its limits.
  String id() {
    return "token " + name;
  }

  /// Marks a request as this program's.
  public void mark(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}

package dev.minimalchat.gateway.access;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/// The bearer token of a request (RFC 6750, section 2.1).
final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /// The token, or an empty string.
  static String of(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    boolean isBearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return isBearer ? header.substring(SCHEME.length()).strip() : "";
  }
}

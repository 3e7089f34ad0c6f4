package dev.minimalchat.gateway.access;

import com.google.re2j.Pattern;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The origins that may call the API: an exact list, and a pattern for the whole origin. RE2
/// matches in linear time for any pattern.
@Component
class AllowedOrigins {
  /// The longest host name and its scheme and port. The response repeats the origin.
  private static final int MAX_CHARS = 300;

  private final Set<String> exact;
  private final @Nullable Pattern pattern;

  AllowedOrigins(AccessProperties properties) {
    this.exact = Set.copyOf(properties.allowedOrigins());
    String regex = properties.allowedOriginRegex();
    this.pattern = regex == null ? null : Pattern.compile(regex);
  }

  boolean allows(String origin) {
    return !origin.equals("null")
        && origin.length() <= MAX_CHARS
        && (exact.contains(origin) || (pattern != null && pattern.matches(origin)));
  }
}

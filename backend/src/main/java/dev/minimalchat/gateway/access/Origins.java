package dev.minimalchat.gateway.access;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The origins whose pages may call: an exact list, and a pattern over the whole origin. The
/// pattern's engine takes linear time, whatever the pattern and the origin.
@Component
class Origins {
  private final Set<String> exact;
  private final @Nullable Pattern pattern;

  Origins(AccessProperties properties) {
    this.exact = Set.copyOf(properties.allowedOrigins());
    this.pattern = compile(properties.allowedOriginRegex());
  }

  boolean allow(String origin) {
    if (origin.equals("null")) {
      return false;
    }
    return exact.contains(origin) || (pattern != null && pattern.matches(origin));
  }

  private static @Nullable Pattern compile(@Nullable String regex) {
    if (regex == null || regex.isBlank()) {
      return null;
    }
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "ALLOWED_ORIGIN_REGEX is not a regular expression (RE2 syntax): " + e.getDescription(),
          e);
    }
  }
}

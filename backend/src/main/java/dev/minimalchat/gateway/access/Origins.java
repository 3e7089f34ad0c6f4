package dev.minimalchat.gateway.access;

import com.google.re2j.Pattern;
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
    String regex = properties.allowedOriginRegex();
    this.pattern = regex == null ? null : Pattern.compile(regex);
  }

  boolean allow(String origin) {
    if (origin.equals("null")) {
      return false;
    }
    return exact.contains(origin) || (pattern != null && pattern.matches(origin));
  }
}

package dev.minimalchat.gateway.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who may call. The variables behind each are in `application.yml`.
///
/// @param token what the page sends; public, because every visitor's browser holds it
/// @param tokenPrevious during a rotation, the one it replaces
/// @param tokenPreviousUntil when that one dies by itself
/// @param allowedOrigins exact origins, such as `https://chat.example.com`
/// @param allowedOriginRegex a pattern that a whole origin must match
@ConfigurationProperties("access")
public record AccessProperties(
    String token,
    @Nullable String tokenPrevious,
    @Nullable Instant tokenPreviousUntil,
    @DefaultValue Set<String> allowedOrigins,
    @Nullable String allowedOriginRegex) {

  public AccessProperties {
    if (token == null || token.isBlank()) {
      throw new IllegalArgumentException("GATEWAY_TOKEN is missing: the token the page sends");
    }
    tokenPrevious = tokenPrevious == null || tokenPrevious.isBlank() ? null : tokenPrevious;
    if (tokenPrevious != null && tokenPreviousUntil == null) {
      throw new IllegalArgumentException(
          "GATEWAY_TOKEN_PREVIOUS_UNTIL is missing: the instant when GATEWAY_TOKEN_PREVIOUS dies");
    }
  }

  @Override
  public String toString() {
    return "AccessProperties[origins=" + allowedOrigins + "]";
  }
}

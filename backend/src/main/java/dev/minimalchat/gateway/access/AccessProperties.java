package dev.minimalchat.gateway.access;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/// Client tokens and allowed origins. `application.yml` maps the environment variables.
///
/// @param token the client token of the page; public, because every visitor's browser has it
/// @param tokenPrevious during a rotation, the previous token
/// @param tokenPreviousUntil when the previous token expires
/// @param allowedOrigins exact origins, such as `https://chat.example.com`
/// @param allowedOriginRegex a pattern for the whole origin
/// @param hosts the only host names that are answered; all of them if empty. On a developer's
///   machine they keep a foreign page from reaching it by a name of its own (DNS rebinding)
@ConfigurationProperties("minimalchat.access")
public record AccessProperties(
    String token,
    @Nullable String tokenPrevious,
    @Nullable Instant tokenPreviousUntil,
    @DefaultValue Set<String> allowedOrigins,
    @Nullable String allowedOriginRegex,
    @DefaultValue Set<String> hosts) {

  /// Scheme, host and port as browsers serialise them: in lower case, without a path.
  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  /// Browsers leave out the default port.
  private static final Pattern DEFAULT_PORT = Pattern.compile("https://.*:443|http://.*:80");

  /// Visible ASCII, which a header transports unchanged.
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  public AccessProperties {
    // An empty variable counts as unset.
    tokenPrevious = StringUtils.hasText(tokenPrevious) ? tokenPrevious : null;
    allowedOriginRegex = StringUtils.hasText(allowedOriginRegex) ? allowedOriginRegex : null;
    List<String> problems = new ArrayList<>();
    if (token == null || token.isBlank()) {
      problems.add("GATEWAY_TOKEN is missing: the token the page sends");
    } else if (!TOKEN.matches(token)) {
      problems.add("GATEWAY_TOKEN holds a space or another character that no token can have");
    }
    if (tokenPrevious != null && !TOKEN.matches(tokenPrevious)) {
      problems.add(
          "GATEWAY_TOKEN_PREVIOUS holds a space or another character that no token can have");
    }
    if (tokenPrevious != null && tokenPrevious.equals(token)) {
      problems.add("GATEWAY_TOKEN_PREVIOUS is the same as GATEWAY_TOKEN");
    }
    if (tokenPrevious != null && tokenPreviousUntil == null) {
      problems.add(
          "GATEWAY_TOKEN_PREVIOUS_UNTIL is missing: the instant when GATEWAY_TOKEN_PREVIOUS dies");
    }
    if (!allowedOrigins.stream().allMatch(AccessProperties::isOrigin)) {
      problems.add("ALLOWED_ORIGINS is not a list of origins, such as https://chat.example.com");
    }
    try {
      Pattern.compile(allowedOriginRegex == null ? "" : allowedOriginRegex);
    } catch (PatternSyntaxException e) {
      problems.add(
          "ALLOWED_ORIGIN_REGEX is not a regular expression (RE2 syntax): " + e.getDescription());
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /// Whether it is an origin as browsers send it.
  public static boolean isOrigin(String text) {
    return ORIGIN.matches(text) && !DEFAULT_PORT.matches(text);
  }

  @Override
  public String toString() {
    return "AccessProperties[origins=" + allowedOrigins + "]";
  }
}

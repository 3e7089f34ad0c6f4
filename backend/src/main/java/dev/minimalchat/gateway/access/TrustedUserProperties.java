package dev.minimalchat.gateway.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The header in which a proxy names the user that it has authenticated. `application.yml` maps the
/// environment variables.
///
/// @param header such as `X-Forwarded-Email`; null if no proxy authenticates users
/// @param proxies `TRUSTED_PROXIES` as the operator has set it, without its default: a client in
///   one of these networks can be any user
/// @param railway set on Railway, whose own proxy passes the header of any visitor
/// @param secret of the gateway, for the hashes of users
@ConfigurationProperties("minimalchat.trusted-user")
record TrustedUserProperties(
    @Nullable String header,
    @DefaultValue("") String proxies,
    @Nullable String railway,
    @DefaultValue("") String secret) {
  /// A field name (RFC 9110, section 5.1).
  private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

  /// What has a meaning of its own.
  private static final Set<String> RESERVED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "host",
          "origin",
          "resume-key",
          "transfer-encoding",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-request-id");

  TrustedUserProperties {
    header = header == null || header.isBlank() ? null : header;
    if (header != null) {
      check(header, proxies);
    }
  }

  private static void check(String header, String proxies) {
    Problems problems = new Problems();
    boolean isName = FIELD_NAME.matcher(header).matches();
    problems.addIf(
        !isName || RESERVED.contains(header.toLowerCase(Locale.ROOT)),
        "TRUSTED_USER_HEADER is not the name of a header for users, such as X-Forwarded-Email");
    problems.addIf(
        proxies.isBlank(),
        "TRUSTED_USER_HEADER needs TRUSTED_PROXIES: the addresses of the proxy that writes it");
    problems.addIf(
        Arrays.stream(proxies.split(",", -1)).anyMatch(network -> network.strip().endsWith("/0")),
        "TRUSTED_USER_HEADER needs TRUSTED_PROXIES that are not the whole internet");
    problems.throwIfAny();
  }

  @Override
  public String toString() {
    return "TrustedUserProperties[" + header + "]";
  }
}

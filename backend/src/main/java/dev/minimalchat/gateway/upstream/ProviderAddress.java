package dev.minimalchat.gateway.upstream;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks what the operator sets to reach a provider.
final class ProviderAddress {
  /// Visible ASCII, which a header transports unchanged.
  private static final Pattern KEY = Pattern.compile("[!-~]+");

  private ProviderAddress() {}

  static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }

  /// @param variable that sets the base URL
  static List<String> problems(String variable, @Nullable URI base) {
    if (base == null) {
      return List.of();
    }
    Authority authority = Authority.of(base);
    if (!isHttp(base) || authority == null) {
      return List.of(variable + " is not an address, such as https://api.example.com/v1");
    }
    return authority.userInfo() == null && base.getRawFragment() == null
        ? List.of()
        : List.of(variable + " holds a user name or a fragment, which is never sent");
  }

  private static boolean isHttp(URI base) {
    return "https".equals(base.getScheme()) || "http".equals(base.getScheme());
  }
}

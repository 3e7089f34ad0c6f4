package dev.minimalchat.gateway.upstream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/// The authority of an address. Unlike `java.net.URI` it has a host name with an underscore, as
/// Docker Compose makes them; HttpClient reaches it.
///
/// @param userInfo decoded; null if there is none
/// @param host a name or an address; IPv6 in brackets
/// @param port -1 if there is none
public record Authority(@Nullable String userInfo, String host, int port) {
  private static final Pattern WITH_UNDERSCORE =
      Pattern.compile("((?<user>[^@]*)@)?(?<host>[\\w.-]*_[\\w.-]*)(:(?<port>\\d{1,5}))?");

  /// Null if the address has no host.
  public static @Nullable Authority of(URI address) {
    if (address.getHost() != null) {
      return new Authority(address.getUserInfo(), address.getHost(), address.getPort());
    }
    Matcher parts =
        WITH_UNDERSCORE.matcher(Objects.requireNonNullElse(address.getRawAuthority(), ""));
    if (!parts.matches()) {
      return null;
    }
    String user = parts.group("user");
    String port = parts.group("port");
    return new Authority(
        user == null ? null : StringUtils.uriDecode(user, StandardCharsets.UTF_8),
        parts.group("host"),
        port == null ? -1 : Integer.parseInt(port));
  }

  /// Without the password that the user info can hold.
  @Override
  public String toString() {
    return port < 0 ? host : host + ":" + port;
  }
}

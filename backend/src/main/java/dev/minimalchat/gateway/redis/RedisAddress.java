package dev.minimalchat.gateway.redis;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/// A parsed `REDIS_URL`. Unlike `java.net.URI` it accepts a host name with an underscore, as Docker
/// Compose makes them.
///
/// @param host a name or an address; IPv6 without brackets
/// @param user null for Redis' default user
/// @param database the number in the path
record RedisAddress(
    boolean tls,
    String host,
    int port,
    @Nullable String user,
    @Nullable String password,
    int database) {

  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>rediss?)://((?<user>[^:@/?#]*)(:(?<password>[^@/?#]*))?@)?"
              + "(\\[(?<ipv6>[0-9A-Fa-f:.]+(%[0-9A-Za-z]+)?)]|(?<host>[\\w.-]+))"
              + "(:(?<port>\\d{1,5}))?(/(?<database>\\d{0,4}))?");

  private static final String DEFAULT_PORT = "6379";
  private static final int MAX_PORT = 65_535;

  /// User and password are percent-encoded. A user name alone is the password, as for `redis-cli`.
  ///
  /// @throws IllegalArgumentException with a line for the operator, which does not quote the URL
  static RedisAddress parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw malformed();
    }
    String user = decode(parts.group("user"));
    String password = decode(parts.group("password"));
    String ipv6 = parts.group("ipv6");
    RedisAddress address =
        new RedisAddress(
            parts.group("scheme").equals("rediss"),
            ipv6 == null ? parts.group("host") : ipv6,
            number(parts.group("port"), DEFAULT_PORT),
            password == null ? null : user,
            password == null ? user : password,
            number(parts.group("database"), "0"));
    if (address.port < 1 || address.port > MAX_PORT) {
      throw malformed();
    }
    return address;
  }

  private static int number(@Nullable String digits, String byDefault) {
    return Integer.parseInt(StringUtils.hasText(digits) ? digits : byDefault);
  }

  private static @Nullable String decode(@Nullable String text) {
    try {
      return StringUtils.hasText(text) ? StringUtils.uriDecode(text, StandardCharsets.UTF_8) : null;
    } catch (IllegalArgumentException e) {
      throw malformed(); // without the cause, whose message quotes the password
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "REDIS_URL is not an address, such as redis://user:password@host:6379/0, with other"
            + " characters of the password percent-encoded");
  }

  /// Without user and password.
  @Override
  public String toString() {
    return host + ":" + port + "/" + database;
  }
}

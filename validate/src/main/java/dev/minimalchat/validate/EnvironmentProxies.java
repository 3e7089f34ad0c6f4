package dev.minimalchat.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The proxies of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, with the meaning that they have for
/// the gateway: loopback addresses are reached directly.
final class EnvironmentProxies extends ProxySelector {
  private static final String HTTPS = "HTTPS_PROXY";
  private static final String HTTP = "HTTP_PROXY";
  private static final Pattern PROXY =
      Pattern.compile(
          "(http://)?((?<user>[^@/]*)@)?(?<host>\\[[0-9A-Fa-f:.]+]|[\\w.-]+)(:(?<port>\\d{1,5}))?/?");
  private static final String DEFAULT_PORT = "80";
  private static final int MAX_PORT = 65_535;

  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /// Lets `java.net.http` send user and password of a proxy to it. Only before its first use.
  static void allowCredentials() {
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
  }

  /// What is wrong with the variables, one line each, without their values.
  List<String> problems() {
    return Stream.of(HTTPS, HTTP)
        .filter(name -> !value(name).isEmpty() && parse(value(name)) == null)
        .map(name -> name + " is not an HTTP proxy, such as http://proxy.example.com:3128")
        .toList();
  }

  @Override
  public List<Proxy> select(URI address) {
    Matcher proxy = proxyFor(address);
    return List.of(
        proxy == null
            ? Proxy.NO_PROXY
            : new Proxy(
                Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(proxy.group("host"), port(proxy))));
  }

  /// The exception is reported where the request is sent.
  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException e) {}

  /// The header with user and password of the proxy for this address; null if it has none.
  @Nullable String authorization(URI address) {
    Matcher proxy = proxyFor(address);
    String user = proxy == null ? null : proxy.group("user");
    if (user == null) {
      return null;
    }
    String decoded = URLDecoder.decode(user.replace("+", "%2B"), UTF_8);
    String credentials = decoded.contains(":") ? decoded : decoded + ":";
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  private @Nullable Matcher proxyFor(URI address) {
    boolean isTls = address.getScheme().equals("https");
    int defaultPort = isTls ? 443 : 80;
    int port = address.getPort() < 0 ? defaultPort : address.getPort();
    String host = address.getHost().toLowerCase(Locale.ROOT);
    return isDirect(host, port) ? null : parse(value(isTls ? HTTPS : HTTP));
  }

  private boolean isDirect(String host, int port) {
    InetAddress address = literal(host);
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || (address != null && address.isLoopbackAddress())
        || Stream.of(value("NO_PROXY").split(","))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .anyMatch(entry -> matches(entry, host, port));
  }

  private static boolean matches(String entry, String host, int port) {
    String[] network = entry.split("/", 2);
    InetAddress address = literal(host);
    InetAddress base = literal(network[0]);
    if (address != null && base != null) {
      return contains(
          base.getAddress(), network.length < 2 ? "" : network[1], address.getAddress());
    }
    String domain = entry.replaceFirst(":" + port + "$", "").replaceFirst("^[*]?[.]", "");
    return domain.equals("*") || host.equals(domain) || host.endsWith("." + domain);
  }

  /// @param prefix the number of leading bits that are the same; all of them if empty
  private static boolean contains(byte[] base, String prefix, byte[] address) {
    int bits = Byte.SIZE * base.length;
    if (base.length != address.length || !prefix.matches("\\d{0,3}")) {
      return false;
    }
    int free = bits - (prefix.isEmpty() ? bits : Integer.parseInt(prefix));
    return free >= 0
        && new BigInteger(1, base)
            .shiftRight(free)
            .equals(new BigInteger(1, address).shiftRight(free));
  }

  /// Null if it is none.
  private static @Nullable Matcher parse(String proxy) {
    Matcher parts = PROXY.matcher(proxy);
    return parts.matches() && port(parts) <= MAX_PORT ? parts : null;
  }

  private static int port(Matcher proxy) {
    String port = proxy.group("port");
    return Integer.parseInt(port == null ? DEFAULT_PORT : port);
  }

  /// Empty if it is unset. Other programs read the names in lower case too.
  private String value(String name) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank()
        ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip()
        : value;
  }

  /// Null for a name, which is not looked up.
  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.Authority;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.catalina.util.NetMaskSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/// The proxy through which the provider is reached. `application.yml` maps the environment
/// variables, with the meaning that other programs give them.
///
/// @param https the proxy for `https` addresses, such as `http://user:password@proxy:3128`
/// @param http the proxy for `http` addresses
/// @param bypass hosts (`host`, `.domain`, `host:port`), networks (`10.0.0.0/8`) or `*`, which are
///   reached directly. Loopback addresses always are.
@ConfigurationProperties("minimalchat.proxy")
record ProxyProperties(
    @Nullable String https, @Nullable String http, @DefaultValue List<String> bypass) {

  ProxyProperties {
    https = StringUtils.hasText(https) ? https : null;
    http = StringUtils.hasText(http) ? http : null;
    check("HTTPS_PROXY", https);
    check("HTTP_PROXY", http);
  }

  private static void check(String variable, @Nullable String proxy) {
    if (proxy != null && parse(proxy) == null) {
      throw new IllegalArgumentException(
          variable + " is not an HTTP proxy, such as http://proxy.example.com:3128");
    }
  }

  /// The proxy for this address; null if there is none.
  @Nullable URI proxyFor(String scheme, String host, int port) {
    String proxy = scheme.equals("https") ? https : http;
    return proxy == null || isDirect(host.toLowerCase(Locale.ROOT), port) ? null : parse(proxy);
  }

  /// The configured proxies.
  Stream<URI> all() {
    return Stream.of(https, http).filter(Objects::nonNull).map(ProxyProperties::parse);
  }

  private boolean isDirect(String host, int port) {
    InetAddress address = literal(host);
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || (address != null && address.isLoopbackAddress())
        || bypass.stream().anyMatch(entry -> matches(entry.toLowerCase(Locale.ROOT), host, port));
  }

  private static boolean matches(String entry, String host, int port) {
    InetAddress address = literal(host);
    if (address != null && literal(entry.split("/", 2)[0]) != null) {
      NetMaskSet network = new NetMaskSet();
      return network.addAll(entry).isEmpty() && network.contains(address);
    }
    String domain = entry.replaceFirst(":" + port + "$", "").replaceFirst("^[*]?[.]", "");
    return domain.equals("*") || host.equals(domain) || host.endsWith("." + domain);
  }

  /// Accepts `host:port` without a scheme, as other programs do.
  private static @Nullable URI parse(String proxy) {
    try {
      URI uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
      return "http".equals(uri.getScheme()) && Authority.of(uri) != null ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /// Null for a name, which is not looked up.
  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Proxy addresses can hold a password.
  @Override
  public String toString() {
    return "ProxyProperties[bypass=" + bypass + "]";
  }
}

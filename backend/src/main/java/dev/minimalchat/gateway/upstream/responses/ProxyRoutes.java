package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.upstream.Authority;
import java.net.URI;
import java.util.Objects;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.Credentials;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/// Routes requests through the proxies of [ProxyProperties], with the credentials of their
/// addresses.
final class ProxyRoutes extends DefaultRoutePlanner implements CredentialsProvider {
  private static final int DEFAULT_PORT = 80;

  private final ProxyProperties proxies;

  ProxyRoutes(ProxyProperties proxies) {
    super(null);
    this.proxies = proxies;
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
    int port = DefaultSchemePortResolver.INSTANCE.resolve(target);
    URI proxy = proxies.proxyFor(target.getSchemeName(), target.getHostName(), port);
    return proxy == null ? null : host(authority(proxy));
  }

  /// The provider itself gets none of them: its key is a header.
  @Override
  public @Nullable Credentials getCredentials(AuthScope scope, HttpContext context) {
    return proxies
        .all()
        .map(ProxyRoutes::authority)
        .filter(proxy -> proxy.userInfo() != null)
        .filter(proxy -> new AuthScope(host(proxy)).match(scope) >= 0)
        .findFirst()
        .map(ProxyRoutes::credentials)
        .orElse(null);
  }

  private static HttpHost host(Authority proxy) {
    return new HttpHost("http", proxy.host(), proxy.port() < 0 ? DEFAULT_PORT : proxy.port());
  }

  /// [ProxyProperties] accepts no proxy without one.
  private static Authority authority(URI proxy) {
    return Objects.requireNonNull(Authority.of(proxy));
  }

  private static Credentials credentials(Authority proxy) {
    String[] parts = Objects.requireNonNullElse(proxy.userInfo(), "").split(":", 2);
    return new UsernamePasswordCredentials(
        parts[0], (parts.length < 2 ? "" : parts[1]).toCharArray());
  }
}

package dev.minimalchat.gateway.upstream.responses;

import java.net.URI;
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
    return proxy == null ? null : host(proxy);
  }

  /// The provider itself gets none of them: its key is a header.
  @Override
  public @Nullable Credentials getCredentials(AuthScope scope, HttpContext context) {
    return proxies
        .all()
        .filter(proxy -> proxy.getUserInfo() != null)
        .filter(proxy -> new AuthScope(host(proxy)).match(scope) >= 0)
        .findFirst()
        .map(ProxyRoutes::credentials)
        .orElse(null);
  }

  private static HttpHost host(URI proxy) {
    int port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
    return new HttpHost("http", proxy.getHost(), port);
  }

  private static Credentials credentials(URI proxy) {
    String[] parts = proxy.getUserInfo().split(":", 2);
    return new UsernamePasswordCredentials(
        parts[0], (parts.length < 2 ? "" : parts[1]).toCharArray());
  }
}

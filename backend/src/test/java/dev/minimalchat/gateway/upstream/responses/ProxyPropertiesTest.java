package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses are reached through a proxy.
class ProxyPropertiesTest {
  private static final URI PROXY = URI.create("http://proxy.example:3128");

  @Test
  void usesTheProxyOfTheScheme() {
    var proxies = new ProxyProperties("http://secure.example:1", "plain.example:2", List.of());

    assertThat(proxies.proxyFor("https", "api.example", 443))
        .isEqualTo(URI.create("http://secure.example:1"));
    assertThat(proxies.proxyFor("http", "api.example", 80))
        .isEqualTo(URI.create("http://plain.example:2"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://my_proxy:3128, my_proxy, 3128",
    "http://user:p%40ss@my_proxy, my_proxy, 80",
    "my_proxy:3128, my_proxy, 3128",
    "http://[fd00::1]:3128, [fd00::1], 3128"
  })
  void findsTheHostOfAProxy(String address, String host, int port) {
    var routes = new ProxyRoutes(new ProxyProperties(address, null, List.of()));

    assertThat(
            routes.determineProxy(new HttpHost("https", "api.example"), HttpClientContext.create()))
        .isEqualTo(new HttpHost("http", host, port));
  }

  @Test
  void readsTheCredentialsOfAProxyWithAnUnderscore() {
    var routes =
        new ProxyRoutes(new ProxyProperties("http://user:p%40ss@my_proxy:3128", null, List.of()));

    assertThat(
            routes.getCredentials(
                new AuthScope(new HttpHost("http", "my_proxy", 3128)), HttpClientContext.create()))
        .isEqualTo(new UsernamePasswordCredentials("user", "p@ss".toCharArray()));
  }

  @Test
  void usesNoProxyUnlessOneIsSet() {
    var proxies = new ProxyProperties(null, " ", List.of());

    assertThat(proxies.proxyFor("https", "api.example", 443)).isNull();
    assertThat(proxies.proxyFor("http", "api.example", 80)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "ollama.localhost",
        "127.0.0.1",
        "127.8.8.8",
        "::1",
        "[::1]"
      })
  void neverUsesAProxyForALoopbackAddress(String host) {
    assertThat(proxy(host)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "api.example, api.example",
    "api.example, API.example",
    "API.example, api.example",
    "example, api.example",
    ".example, api.example",
    "*.example, api.example",
    "api.example:443, api.example",
    ".example:443, api.example",
    "*, api.example",
    "10.0.0.0/8, 10.1.2.3",
    "10.1.2.3, 10.1.2.3",
    "fd00::/8, fd00::1",
    "fd00::1, [fd00::1]"
  })
  void bypassesTheProxyForAMatchingEntry(String entry, String host) {
    assertThat(proxy(host, "other.example", entry)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "api.example:444, api.example",
    "pi.example, api.example",
    "other.api.example, api.example",
    "10.0.0.0/8, 11.1.2.3",
    "10.0.0.0/8, api.example",
    "10.0.0.0/99, 10.1.2.3",
    "'', api.example",
    "., api.example"
  })
  void usesTheProxyWithoutAMatchingEntry(String entry, String host) {
    assertThat(proxy(host, entry)).isEqualTo(PROXY);
  }

  private static @Nullable URI proxy(String host, String... bypass) {
    return new ProxyProperties(PROXY.toString(), null, List.of(bypass))
        .proxyFor("https", host, 443);
  }
}

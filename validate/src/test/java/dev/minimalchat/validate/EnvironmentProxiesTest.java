package dev.minimalchat.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same cases as for the gateway's proxies.
class EnvironmentProxiesTest {
  private static final String PROXY = "http://proxy.example:3128";

  @Test
  void usesTheProxyOfTheScheme() {
    var proxies =
        new EnvironmentProxies(
            Map.of("HTTPS_PROXY", "http://secure.example:1", "http_proxy", "my_proxy:2"));

    assertThat(proxies.select(URI.create("https://api.example/v1")))
        .containsExactly(proxy("secure.example", 1));
    assertThat(proxies.select(URI.create("http://api.example/v1")))
        .containsExactly(proxy("my_proxy", 2));
  }

  @ParameterizedTest
  @CsvSource({
    "api.example, api.example",
    "API.example, api.example",
    "example, api.example",
    ".example, api.example",
    "*.example, api.example",
    "api.example:443, api.example",
    "*, api.example",
    "10.0.0.0/8, 10.1.2.3",
    "10.1.2.3, 10.1.2.3",
    "fd00::/8, [fd00::1]",
    "fd00::1, [fd00::1]",
    "other.example, localhost",
    "other.example, ollama.localhost",
    "other.example, 127.8.8.8",
    "other.example, [::1]"
  })
  void bypassesTheProxy(String entry, String host) {
    assertThat(select("other.example, " + entry, host)).isEqualTo(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @CsvSource({
    "api.example:444, api.example",
    "pi.example, api.example",
    "10.0.0.0/8, 11.1.2.3",
    "10.0.0.0/8, api.example",
    "10.0.0.0/99, 10.1.2.3",
    "10.0.0.0/x, 10.1.2.3",
    "'', api.example",
    "., api.example"
  })
  void usesTheProxyWithoutAMatchingEntry(String entry, String host) {
    assertThat(select(entry, host)).isEqualTo(proxy("proxy.example", 3128));
  }

  @Test
  void decodesTheCredentials() {
    var proxies = new EnvironmentProxies(Map.of("HTTPS_PROXY", "http://user:p%40ss@proxy.example"));

    assertThat(proxies.authorization(URI.create("https://api.example")))
        .isEqualTo("Basic dXNlcjpwQHNz");
    assertThat(proxies.authorization(URI.create("http://api.example"))).isNull();
  }

  private static Proxy select(String bypass, String host) {
    return new EnvironmentProxies(Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", bypass))
        .select(URI.create("https://" + host + "/v1"))
        .getFirst();
  }

  private static Proxy proxy(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }
}

package dev.minimalchat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressesTest {
  private static final String PROXY = "10.0.0.1";
  private static final String SECOND_PROXY = "10.0.0.2";
  private static final String CLIENT = "203.0.113.7";

  private final ClientAddresses addresses =
      new ClientAddresses(TestLimits.trusting("10.0.0.0/8,fd00::/8"));

  @Test
  void usesTheRemoteAddressWithoutAProxy() {
    assertThat(address(CLIENT)).isEqualTo(CLIENT);
  }

  @Test
  void usesTheForwardedAddressFromATrustedProxy() {
    assertThat(address(PROXY, CLIENT)).isEqualTo(CLIENT);
  }

  @Test
  void ignoresAForwardedAddressFromAnUntrustedClient() {
    assertThat(address(CLIENT, "198.51.100.1")).isEqualTo(CLIENT);
  }

  @Test
  void ignoresForgedAddressesInFrontOfTheProxysOwn() {
    assertThat(address(PROXY, "198.51.100.1, " + CLIENT)).isEqualTo(CLIENT);
    assertThat(address(PROXY, "198.51.100.1", CLIENT)).isEqualTo(CLIENT);
  }

  @Test
  void givesAClientOneAddressWhateverItForges() {
    assertThat(
            IntStream.range(0, 100).mapToObj(i -> address(PROXY, "198.51.100." + i + "," + CLIENT)))
        .containsOnly(CLIENT);
  }

  @Test
  void skipsSeveralTrustedProxies() {
    assertThat(address(PROXY, CLIENT + ", " + SECOND_PROXY)).isEqualTo(CLIENT);
    assertThat(address(PROXY, "198.51.100.1," + CLIENT + "," + SECOND_PROXY)).isEqualTo(CLIENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.0.113.7:567",
        "\"203.0.113.7\"",
        "\"203.0.113.7:567\"",
        "::ffff:203.0.113.7",
        "[::ffff:203.0.113.7]:567",
        "\"[::ffff:cb00:7107]\"",
        " 203.0.113.7 "
      })
  void readsTheAddressOfAnEntryInAnyForm(String entry) {
    assertThat(address(PROXY, entry)).isEqualTo(CLIENT);
    assertThat(address(PROXY, entry + ", \"10.0.0.2:80\"")).isEqualTo(CLIENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8:1:2::9",
        "[2001:db8:1:2::9]",
        "[2001:db8:1:2::9]:567",
        "\"[2001:db8:1:2::9]:1\""
      })
  void readsAnIpv6AddressInAnyForm(String entry) {
    assertThat(address(PROXY, entry)).isEqualTo(address("2001:db8:1:2::1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "_hidden",
        "example.com",
        "example.com:80",
        "::g",
        "[]",
        "[::1",
        "1.2.3.4:x",
        ":80",
        "1.2.3.4]",
        "\"",
        "\"\"",
        "[1.2.3.4]x",
        "1.2.3.4:80:80"
      })
  void usesTheProxysAddressForAnInvalidForwardedAddress(String hop) {
    assertThat(address(PROXY, hop)).isEqualTo(PROXY);
  }

  @Test
  void stopsAtTheFirstInvalidForwardedAddress() {
    assertThat(address(PROXY, CLIENT + ", nonsense, " + SECOND_PROXY)).isEqualTo(SECOND_PROXY);
  }

  @Test
  void treatsAnIpv6NetworkAsOneAddress() {
    assertThat(address("2001:db8:1:2::1")).isEqualTo(address("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertThat(address(PROXY, "2001:db8:1:2::1")).isEqualTo(address("2001:db8:1:2::2"));
  }

  @Test
  void distinguishesIpv6Networks() {
    assertThat(address("2001:db8:1:2::1")).isNotEqualTo(address("2001:db8:1:3::1"));
  }

  @Test
  void normalizesIpv4MappedAddresses() {
    assertThat(address(PROXY, "::ffff:" + CLIENT)).isEqualTo(CLIENT);
    assertThat(address("::ffff:" + PROXY, CLIENT)).isEqualTo(CLIENT);
  }

  @Test
  void trustsAnIpv6Proxy() {
    assertThat(address("fd00::5", CLIENT)).isEqualTo(CLIENT);
  }

  @ParameterizedTest
  @CsvSource({"10.255.255.255, true", "11.0.0.0, false", "9.255.255.255, false"})
  void trustsExactlyTheConfiguredNetworks(String remote, boolean trusted) {
    assertThat(address(remote, CLIENT).equals(CLIENT)).isEqualTo(trusted);
  }

  @Test
  void trustsNoProxyByDefault() {
    MockHttpServletRequest request = request(PROXY, CLIENT);

    assertThat(new ClientAddresses(TestLimits.trusting("")).of(request)).isEqualTo(PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "proxy.example", "10.0.0.0/x"})
  void rejectsAnInvalidNetwork(String proxies) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestLimits.trusting(proxies))
        .withMessageStartingWith("TRUSTED_PROXIES is not a list of networks");
  }

  private String address(String remote, String... forwarded) {
    return addresses.of(request(remote, forwarded));
  }

  private static MockHttpServletRequest request(String remote, String... forwarded) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(remote);
    for (String line : forwarded) {
      request.addHeader("X-Forwarded-For", line);
    }
    return request;
  }
}

package dev.minimalchat.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.limits.ApiClient;
import dev.minimalchat.gateway.limits.PageUser;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/// The users whom a proxy on the loopback address names.
class TrustedUsersTest {
  private static final String HEADER = "X-Forwarded-Email";
  private static final String PROXY = "127.0.0.1";

  private final TrustedUsers users = TestAccess.users(HEADER);
  private final PageUserFilter filter = new PageUserFilter(users);

  @Test
  void marksTheUserThatATrustedProxyNames() throws Exception {
    PageUser user =
        Objects.requireNonNull(PageUser.of(send("/v1/chat", PROXY, " ada@example.org ")));

    assertThat(user.name()).isEqualTo("ada@example.org");
    assertThat(user.hash()).matches("[0-9a-f]{12}").isEqualTo(users.hash("ada@example.org"));
    assertThat(users.hash("bob@example.org")).isNotEqualTo(user.hash());
  }

  @Test
  void theHashDependsOnASecret() {
    TrustedUsers others =
        new TrustedUsers(
            new TrustedUserProperties(HEADER, "127.0.0.1/32", null, "another"),
            TestAccess.ADDRESSES);

    assertThat(others.hash("ada@example.org")).isNotEqualTo(users.hash("ada@example.org"));
  }

  /// A visitor can send the header too, and can claim to be forwarded by the proxy.
  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.7", "10.0.0.1", "::1"})
  void doesNotBelieveAnyOtherPeer(String peer) throws Exception {
    MockHttpServletRequest request = request("/v1/chat", peer, "ada@example.org");
    request.addHeader("X-Forwarded-For", PROXY);
    filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());

    assertThat(PageUser.of(request)).isNull();
  }

  @Test
  void believesNoRequestWithoutExactlyOneName() throws Exception {
    assertThat(PageUser.of(send("/v1/chat", PROXY))).isNull();
    assertThat(PageUser.of(send("/v1/chat", PROXY, ""))).isNull();
    assertThat(PageUser.of(send("/v1/chat", PROXY, "  "))).isNull();
    assertThat(PageUser.of(send("/v1/chat", PROXY, "ada@example.org", "bob@example.org"))).isNull();
    assertThat(PageUser.of(send("/v1/chat", PROXY, "ada@example.org", ""))).isNull();
    assertThat(PageUser.of(send("/v1/chat", PROXY, "ada@example.org, bob@example.org"))).isNull();
    assertThat(PageUser.of(send("/v1/chat", PROXY, "a".repeat(257)))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/responses", "/v1/chat/completions", "/v1/%72esponses"})
  void programsHaveNoUser(String path) throws Exception {
    assertThat(PageUser.of(send(path, PROXY, "ada@example.org"))).isNull();
    assertThat(ApiClient.of(send(path, PROXY, "ada@example.org"))).isNull();
  }

  private MockHttpServletRequest send(String path, String peer, String... names) throws Exception {
    MockHttpServletRequest request = request(path, peer, names);
    filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
    return request;
  }

  private static MockHttpServletRequest request(String path, String peer, String... names) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
    request.setRemoteAddr(peer);
    for (String name : names) {
      request.addHeader(HEADER, name);
    }
    return request;
  }
}

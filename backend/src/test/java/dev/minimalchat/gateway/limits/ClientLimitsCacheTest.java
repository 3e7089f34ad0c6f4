package dev.minimalchat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.ratelimiter.RateLimiter;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientLimitsCacheTest {
  private static final int CLIENTS = 150_000;

  private final ClientLimitsCache clients = TestLimits.clients(TestLimits.rate());

  @Test
  void limitsEachAddressSeparately() {
    exhaust(clients.of(from("203.0.113.1")).requests());

    assertThat(clients.of(from("203.0.113.1")).requests().acquirePermission()).isFalse();
    assertThat(clients.of(from("203.0.113.2")).requests().acquirePermission()).isTrue();
  }

  @Test
  void sharesALimitAcrossAnIpv6Network() {
    exhaust(clients.of(from("2001:db8::1")).requests());

    assertThat(clients.of(from("2001:db8::2")).requests().acquirePermission()).isFalse();
  }

  @Test
  void boundsTheNumberOfClients() {
    for (int i = 0; i < CLIENTS; i++) {
      clients.of(from("10.%d.%d.%d".formatted(i >> 16, (i >> 8) & 255, i & 255)));
    }

    assertThat(clients.size()).isLessThanOrEqualTo(100_000);
  }

  @Test
  void limitsAProgramByItsTokenWhateverItsAddress() {
    MockHttpServletRequest request = from("203.0.113.1");
    new ApiClient("laptop").mark(request);
    MockHttpServletRequest elsewhere = from("203.0.113.2");
    new ApiClient("laptop").mark(elsewhere);
    MockHttpServletRequest other = from("203.0.113.1");
    new ApiClient("ci").mark(other);
    for (int i = 0; i < TestLimits.API_RATE; i++) {
      assertThat(clients.of(request).requests().acquirePermission()).isTrue();
    }

    assertThat(clients.of(elsewhere).requests().acquirePermission()).isFalse();
    assertThat(clients.of(other).requests().acquirePermission()).isTrue();
    assertThat(clients.of(from("203.0.113.1")).requests().acquirePermission()).isTrue();
    assertThat(clients.of(request).requests().getName()).isEqualTo("API_RATE_LIMIT_PER_MINUTE");
    assertThat(clients.of(request).streams().getName()).isEqualTo("API_MAX_STREAMS");
  }

  private static void exhaust(RateLimiter requests) {
    for (int i = 0; i < TestLimits.RATE; i++) {
      assertThat(requests.acquirePermission()).isTrue();
    }
  }

  private static MockHttpServletRequest from(String address) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(address);
    return request;
  }
}

package dev.minimalchat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;

class RateLimitFilterTest {
  private final HandlerExceptionResolver handler = mock(HandlerExceptionResolver.class);
  private final RateLimitFilter filter =
      new RateLimitFilter(TestLimits.clients(TestLimits.rate()), handler);
  private MockHttpServletResponse response = new MockHttpServletResponse();

  @Test
  void rejectsTheNextRequestOverTheRateLimit() throws Exception {
    for (int i = 0; i < TestLimits.RATE; i++) {
      assertThat(isAccepted("/v1/chat")).isTrue();
    }
    assertThat(isAccepted("/v1/chat")).isFalse();
    assertThat(isAccepted("/v1/chat")).isFalse();
  }

  @Test
  void sendsTheRemainingRequestsWithEveryResponse() throws Exception {
    for (int remaining = TestLimits.RATE - 1; remaining >= 0; remaining--) {
      isAccepted("/v1/chat");
      assertHeaders(remaining);
    }
    isAccepted("/v1/chat");
    assertHeaders(0);
  }

  @Test
  void rejectsWithTheTimeUntilTheReset() throws Exception {
    for (int i = 0; i <= TestLimits.RATE; i++) {
      isAccepted("/v1/chat");
    }

    ArgumentCaptor<Failure> rejection = ArgumentCaptor.captor();
    verify(handler).resolveException(any(), any(), isNull(), rejection.capture());
    assertThat(rejection.getValue().code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(rejection.getValue().retryAfter())
        .hasValueSatisfying(
            wait -> assertThat(wait).isBetween(Duration.ZERO, ClientLimitsCache.PERIOD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%761/chat", "/v1;a=b/chat", "/v1/models"})
  void countsEveryEncodingOfAnApiPath(String path) throws Exception {
    for (int i = 0; i < TestLimits.RATE; i++) {
      assertThat(isAccepted(path)).isTrue();
    }
    assertThat(isAccepted("/v1/chat")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/", "/assets/app.js"})
  void countsOnlyApiRequests(String path) throws Exception {
    for (int i = 0; i < 2 * TestLimits.RATE; i++) {
      assertThat(isAccepted(path)).isTrue();
    }
    assertThat(response.getHeaderNames()).isEmpty();
  }

  private void assertHeaders(int remaining) {
    assertThat(response.getHeader("RateLimit-Limit")).isEqualTo(Integer.toString(TestLimits.RATE));
    assertThat(response.getHeader("RateLimit-Remaining")).isEqualTo(Integer.toString(remaining));
    assertThat(response.getHeader("RateLimit-Reset"))
        .satisfies(reset -> assertThat(Integer.parseInt(reset)).isBetween(1, 60));
  }

  private boolean isAccepted(String path) throws Exception {
    response = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();
    filter.doFilter(new MockHttpServletRequest("POST", path), response, chain);
    return chain.getRequest() != null;
  }
}

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
  private MockHttpServletResponse answer = new MockHttpServletResponse();

  @Test
  void admitsAsManyRequestsAsAllowedAndNoMore() throws Exception {
    for (int i = 0; i < TestLimits.RATE; i++) {
      assertThat(admits("/v1/chat")).isTrue();
    }
    assertThat(admits("/v1/chat")).isFalse();
    assertThat(admits("/v1/chat")).isFalse();
  }

  @Test
  void tellsWithEveryAnswerWhatIsLeft() throws Exception {
    for (int left = TestLimits.RATE - 1; left >= 0; left--) {
      admits("/v1/chat");
      assertHeaders(left);
    }
    admits("/v1/chat");
    assertHeaders(0);
  }

  @Test
  void saysWithARefusalWhenToComeBack() throws Exception {
    for (int i = 0; i <= TestLimits.RATE; i++) {
      admits("/v1/chat");
    }

    ArgumentCaptor<Failure> refusal = ArgumentCaptor.captor();
    verify(handler).resolveException(any(), any(), isNull(), refusal.capture());
    assertThat(refusal.getValue().code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refusal.getValue().retryAfter())
        .hasValueSatisfying(
            wait -> assertThat(wait).isBetween(Duration.ZERO, ClientLimitsCache.PERIOD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%761/chat", "/v1;a=b/chat", "/v1/models"})
  void countsHoweverThePathIsSpelt(String path) throws Exception {
    for (int i = 0; i < TestLimits.RATE; i++) {
      assertThat(admits(path)).isTrue();
    }
    assertThat(admits("/v1/chat")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/", "/assets/app.js"})
  void countsNothingElse(String path) throws Exception {
    for (int i = 0; i < 2 * TestLimits.RATE; i++) {
      assertThat(admits(path)).isTrue();
    }
    assertThat(answer.getHeaderNames()).isEmpty();
  }

  private void assertHeaders(int left) {
    assertThat(answer.getHeader("RateLimit-Limit")).isEqualTo(Integer.toString(TestLimits.RATE));
    assertThat(answer.getHeader("RateLimit-Remaining")).isEqualTo(Integer.toString(left));
    assertThat(answer.getHeader("RateLimit-Reset"))
        .satisfies(reset -> assertThat(Integer.parseInt(reset)).isBetween(1, 60));
  }

  private boolean admits(String path) throws Exception {
    answer = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();
    filter.doFilter(new MockHttpServletRequest("POST", path), answer, chain);
    return chain.getRequest() != null;
  }
}

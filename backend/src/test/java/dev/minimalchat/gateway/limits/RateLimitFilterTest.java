package dev.minimalchat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;

class RateLimitFilterTest {
  private final HandlerExceptionResolver handler = mock(HandlerExceptionResolver.class);
  private final RateLimitFilter filter =
      new RateLimitFilter(TestLimits.clients(TestLimits.rate()), this::acquireShared, handler);
  private final List<String> sharedRequests = new ArrayList<>();
  private @Nullable RateLimit shared;
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

  @Test
  void rejectsARequestOverTheSharedRate() throws Exception {
    shared = new RateLimit(false, 0, Duration.ofMillis(2_400));

    assertThat(isAccepted("/v1/chat")).isFalse();
    assertThat(response.getHeader("RateLimit-Remaining")).isEqualTo("0");
    assertThat(response.getHeader("RateLimit-Reset")).isEqualTo("3");
    ArgumentCaptor<Failure> rejection = ArgumentCaptor.captor();
    verify(handler).resolveException(any(), any(), isNull(), rejection.capture());
    assertThat(rejection.getValue().retryAfter()).contains(Duration.ofMillis(2_400));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 2", "90, 2"})
  void reportsTheStricterOfBothRates(int sharedRemaining, String reported) throws Exception {
    shared = new RateLimit(true, sharedRemaining, Duration.ofSeconds(3));

    assertThat(isAccepted("/v1/chat")).isTrue();
    assertThat(response.getHeader("RateLimit-Remaining")).isEqualTo(reported);
    assertThat(response.getHeader("RateLimit-Reset")).isEqualTo("60");
  }

  @Test
  void appliesItsOwnRateFirst() throws Exception {
    shared = new RateLimit(true, 100, Duration.ofSeconds(1));
    for (int i = 0; i < TestLimits.RATE; i++) {
      assertThat(isAccepted("/v1/chat")).isTrue();
    }

    assertThat(isAccepted("/v1/chat")).isFalse();
    assertThat(sharedRequests).hasSize(TestLimits.RATE).containsOnly("127.0.0.1 3");
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

  /// A page that reads an answer again after a broken connection can still ask.
  @Test
  void readsHaveAnAllowanceOfTheirOwn() throws Exception {
    for (int i = 0; i < TestLimits.RATE; i++) {
      assertThat(isAccepted("GET", "/v1/chat/stream")).isTrue();
    }
    assertThat(isAccepted("GET", "/v1/models")).isFalse();

    assertThat(isAccepted("/v1/chat")).isTrue();
    assertThat(sharedRequests)
        .containsExactly(
            "127.0.0.1 reads 3", "127.0.0.1 reads 3", "127.0.0.1 reads 3", "127.0.0.1 3");
  }

  @Test
  void aClientOverItsRateCanStopAnAnswer() throws Exception {
    for (int i = 0; i <= TestLimits.RATE; i++) {
      isAccepted("/v1/chat");
    }

    assertThat(isAccepted("DELETE", "/v1/chat/stream")).isTrue();
    assertThat(isAccepted("DELETE", "/v1/chat")).isFalse();
  }

  private @Nullable RateLimit acquireShared(String client, int perMinute) {
    sharedRequests.add(client + " " + perMinute);
    return shared;
  }

  private void assertHeaders(int remaining) {
    assertThat(response.getHeader("RateLimit-Limit")).isEqualTo(Integer.toString(TestLimits.RATE));
    assertThat(response.getHeader("RateLimit-Remaining")).isEqualTo(Integer.toString(remaining));
    assertThat(response.getHeader("RateLimit-Reset"))
        .satisfies(reset -> assertThat(Integer.parseInt(reset)).isBetween(1, 60));
  }

  private boolean isAccepted(String path) throws Exception {
    return isAccepted("POST", path);
  }

  private boolean isAccepted(String method, String path) throws Exception {
    response = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();
    filter.doFilter(new MockHttpServletRequest(method, path), response, chain);
    return chain.getRequest() != null;
  }
}

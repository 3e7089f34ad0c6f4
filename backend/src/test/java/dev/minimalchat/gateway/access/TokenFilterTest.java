package dev.minimalchat.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.AccessCodeAttempts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;

@ExtendWith(OutputCaptureExtension.class)
class TokenFilterTest {
  private static final String PREVIOUS = "the-previous-token";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final HandlerExceptionResolver handler = mock(HandlerExceptionResolver.class);
  private final TokenFilter filter =
      new TokenFilter(
          new ClientTokens(TestAccess.rotation(PREVIOUS, Instant.MAX), Clock.systemUTC()),
          TestAccess.apiTokens(""),
          TestAccess.codes(""),
          new AccessCodeAttempts(),
          TestAccess.users(null),
          TestAccess.ADDRESSES,
          meters,
          handler);

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
  void acceptsTheBearerSchemeInAnyCase(String scheme) throws Exception {
    assertThat(isAccepted("/v1/chat", scheme + TestAccess.TOKEN)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/responses", "/v1/chat/completions", "/v1/%72esponses"})
  void withoutApiTokensTheRoutesOfProgramsDoNotExist(String path) throws Exception {
    assertThat(isAccepted(path, "Bearer " + TestAccess.TOKEN)).isFalse();
    verify(handler)
        .resolveException(
            any(),
            any(),
            isNull(),
            argThat(e -> e instanceof Failure failure && failure.code() == ErrorCode.NOT_FOUND));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat",
        "/v1/",
        "/v1/anything/else",
        "/%76%31/chat",
        "/v%31/chat",
        "/v1/%63hat",
        "/v1;a=b/chat",
        "/v1;/chat",
        "/v1/chat;a=b"
      })
  void rejectsAnInvalidTokenForEveryEncodingOfAnApiPath(String path) throws Exception {
    assertThat(isAccepted(path, "Bearer wrong")).isFalse();
    verify(handler).resolveException(any(), any(), isNull(), any(Failure.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/config.json", "/", "/assets/app.js", "/v1x"})
  void requiresNoTokenOutsideTheApi(String path) throws Exception {
    assertThat(isAccepted(path, "")).isTrue();
    verify(handler, never()).resolveException(any(), any(), any(), any());
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void countsRequestsByTokenMatch() throws Exception {
    isAccepted("/v1/chat", "Bearer " + TestAccess.TOKEN);
    isAccepted("/v1/chat", "Bearer " + TestAccess.TOKEN);
    isAccepted("/v1/chat", "Bearer " + PREVIOUS);
    isAccepted("/v1/chat", "Bearer wrong");
    isAccepted("/v1/chat", "");

    assertThat(count("current")).isEqualTo(2);
    assertThat(count("previous")).isEqualTo(1);
    assertThat(count("invalid")).isEqualTo(2);
  }

  @Test
  void logsUseOfThePreviousTokenWithoutTheToken(CapturedOutput output) throws Exception {
    isAccepted("/v1/chat", "Bearer " + TestAccess.TOKEN);
    assertThat(output).doesNotContain("GATEWAY_TOKEN_PREVIOUS");

    isAccepted("/v1/chat", "Bearer " + PREVIOUS);

    assertThat(output)
        .contains("GATEWAY_TOKEN_PREVIOUS")
        .doesNotContain(PREVIOUS, TestAccess.TOKEN);
  }

  private boolean isAccepted(String path, String authorization) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
    request.addHeader("Authorization", authorization);
    MockFilterChain chain = new MockFilterChain();
    filter.doFilter(request, new MockHttpServletResponse(), chain);
    return chain.getRequest() != null;
  }

  private double count(String match) {
    Counter counter = meters.find("gateway.client.token.requests").tag("token", match).counter();
    return counter == null ? 0 : counter.count();
  }
}

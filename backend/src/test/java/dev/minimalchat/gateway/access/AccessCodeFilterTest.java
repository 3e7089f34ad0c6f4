package dev.minimalchat.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.AccessCode;
import dev.minimalchat.gateway.limits.AccessCodeAttempts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// [TokenFilter] of a gateway with access codes.
class AccessCodeFilterTest {
  private static final String ADDRESS = "203.0.113.7";
  private static final int MAX_WRONG = 5;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final HandlerExceptionResolver handler = mock(HandlerExceptionResolver.class);
  private final TokenFilter filter =
      new TokenFilter(
          new ClientTokens(TestAccess.rotation(null, null), Clock.systemUTC()),
          TestAccess.apiTokens("ci:a-token-of-a-program"),
          TestAccess.codes("team:correct-horse,guests:battery-staple"),
          new AccessCodeAttempts(),
          TestAccess.users(null),
          TestAccess.ADDRESSES,
          meters,
          handler);

  @ParameterizedTest
  @CsvSource({"correct-horse, team", "battery-staple, guests"})
  void acceptsEachCodeAndMarksTheRequestWithItsName(String code, String name) throws Exception {
    MockHttpServletRequest request = send(ADDRESS, code);

    assertThat(AccessCode.of(request)).isEqualTo(new AccessCode(name));
    assertThat(count(name)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "the-current-token",
        "Correct-horse",
        "correct-horse ,",
        "correct-hors",
        "team",
        "team:correct-horse",
        "a-token-of-a-program"
      })
  void requiresACode(String token) throws Exception {
    assertThat(AccessCode.of(send(ADDRESS, token))).isNull();
    assertThat(rejection().code()).isEqualTo(ErrorCode.ACCESS_CODE_REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/chat", "/v1/chat/stream", "/v1/models", "/v1/%63hat"})
  void requiresACodeOnEveryRouteOfThePage(String path) throws Exception {
    assertThat(isAccepted("POST", path, ADDRESS, "the-current-token")).isFalse();
    assertThat(isAccepted("GET", path, ADDRESS, "the-current-token")).isFalse();
    assertThat(isAccepted("GET", path, ADDRESS, "correct-horse")).isTrue();
  }

  @Test
  void acceptsNoCodeOnTheRoutesOfPrograms() throws Exception {
    assertThat(isAccepted("POST", "/v1/responses", ADDRESS, "correct-horse")).isFalse();
    assertThat(rejection().code()).isEqualTo(ErrorCode.UNAUTHORIZED);
  }

  @Test
  void rejectsEvenTheRightCodeAfterFiveWrongOnesOfAnAddress() throws Exception {
    for (int i = 0; i < MAX_WRONG; i++) {
      send(ADDRESS, "wrong-code-" + i);
    }

    assertThat(AccessCode.of(send(ADDRESS, "correct-horse"))).isNull();
    assertThat(rejection().code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(rejection().retryAfter())
        .hasValueSatisfying(
            wait -> assertThat(wait).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1)));
    assertThat(AccessCode.of(send("203.0.113.8", "correct-horse"))).isNotNull();
  }

  @Test
  void anOldCodeThatATabSendsAgainAndAgainCountsOnce() throws Exception {
    for (int i = 0; i < 4 * MAX_WRONG; i++) {
      send(ADDRESS, "the-code-of-last-year");
    }

    assertThat(AccessCode.of(send(ADDRESS, "correct-horse"))).isNotNull();
  }

  @Test
  void thePagesTokenIsNoAttempt() throws Exception {
    for (int i = 0; i < 2 * MAX_WRONG; i++) {
      send(ADDRESS, "the-current-token");
      send(ADDRESS, "");
    }

    assertThat(AccessCode.of(send(ADDRESS, "correct-horse"))).isNotNull();
  }

  @Test
  void theRightCodeIsNoAttempt() throws Exception {
    for (int i = 0; i < 2 * MAX_WRONG; i++) {
      assertThat(AccessCode.of(send(ADDRESS, "correct-horse"))).isNotNull();
    }
  }

  /// Otherwise a thousand requests at once would all be compared before the first one counts.
  @Test
  void comparesOnlyFiveWrongCodesOfManyAtOnce() throws Exception {
    List<Callable<MockHttpServletRequest>> guesses = new ArrayList<>();
    for (int i = 0; i < 10 * MAX_WRONG; i++) {
      String code = "wrong-code-" + i;
      guesses.add(() -> send(ADDRESS, code));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(guesses);
    }

    assertThat(count("invalid")).isEqualTo(MAX_WRONG);
  }

  private MockHttpServletRequest send(String address, String token) throws Exception {
    MockHttpServletRequest request = request("POST", "/v1/chat", address, token);
    filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
    return request;
  }

  private boolean isAccepted(String method, String path, String address, String token)
      throws Exception {
    MockFilterChain chain = new MockFilterChain();
    filter.doFilter(request(method, path, address, token), new MockHttpServletResponse(), chain);
    return chain.getRequest() != null;
  }

  private static MockHttpServletRequest request(
      String method, String path, String address, String token) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    request.setRemoteAddr(address);
    request.addHeader("Authorization", "Bearer " + token);
    return request;
  }

  private Failure rejection() {
    ArgumentCaptor<Failure> rejection = ArgumentCaptor.captor();
    verify(handler, atLeast(1)).resolveException(any(), any(), isNull(), rejection.capture());
    return Objects.requireNonNull(rejection.getValue());
  }

  private double count(String name) {
    Counter counter = meters.find("gateway.access.code.requests").tag("token_name", name).counter();
    return counter == null ? 0 : counter.count();
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The provider's `Retry-After`, `retry-after-ms` and `x-should-retry` headers.
class RetryAfterTest {
  @AutoClose private static final ErrorProvider PROVIDER = new ErrorProvider();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1000",
    "2.5, 2500",
    "120, 120000",
    "-3, 0",
  })
  void readsRetryAfterInSeconds(String seconds, long millis) {
    assertThat(
            PROVIDER.failureFor(tooManyRequests().withHeader("Retry-After", seconds)).retryAfter())
        .contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "350, 350", "17.9, 17", "-3, 0"})
  void readsRetryAfterMsInMilliseconds(String delay, long millis) {
    assertThat(
            PROVIDER.failureFor(tooManyRequests().withHeader("retry-after-ms", delay)).retryAfter())
        .contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Fri, 15 Jan 2027 09:00:30 GMT | 30
          Friday, 15-Jan-27 09:00:30 GMT | 30
          Fri, 15 Jan 2027 08:59:00 GMT | 0
          """)
  void readsRetryAfterAsADate(String date, long seconds) {
    assertThat(PROVIDER.failureFor(tooManyRequests().withHeader("Retry-After", date)).retryAfter())
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void prefersRetryAfterMsToRetryAfter() {
    assertThat(
            PROVIDER
                .failureFor(
                    tooManyRequests()
                        .withHeader("retry-after-ms", "350")
                        .withHeader("Retry-After", "1"))
                .retryAfter())
        .contains(Duration.ofMillis(350));
  }

  @Test
  void fallsBackToRetryAfterWhenRetryAfterMsIsInvalid() {
    assertThat(
            PROVIDER
                .failureFor(
                    tooManyRequests()
                        .withHeader("retry-after-ms", "soon")
                        .withHeader("Retry-After", "1"))
                .retryAfter())
        .contains(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "NaN", "Infinity", "1e999"})
  void ignoresAnInvalidRetryAfter(String value) {
    assertThat(
            PROVIDER
                .failureFor(
                    tooManyRequests()
                        .withHeader("retry-after-ms", value)
                        .withHeader("Retry-After", value))
                .retryAfter())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e300", "9223372036854775807", "3601", "Thu, 15 Jan 2099 08:00:30 GMT"})
  void aRetryAfterIsAtMostAnHour(String value) {
    assertThat(PROVIDER.failureFor(tooManyRequests().withHeader("Retry-After", value)).retryAfter())
        .contains(Duration.ofHours(1));
  }

  @Test
  void hasNoRetryAfterWithoutTheHeader() {
    assertThat(PROVIDER.failureFor(tooManyRequests()).retryAfter()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"503, false", "429, false", "400, true", "401, true"})
  void xShouldRetryDecidesWhetherAFailureIsTransient(int status, boolean shouldRetry) {
    assertThat(
            PROVIDER.failureFor(
                aResponse()
                    .withStatus(status)
                    .withHeader("x-should-retry", String.valueOf(shouldRetry))))
        .is(Failures.isTransient(shouldRetry));
  }

  private static ResponseDefinitionBuilder tooManyRequests() {
    return aResponse().withStatus(429);
  }
}

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

/// When a provider wants to be asked again, and whether.
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
  void passesOnTheSecondsThatTheProviderAsksFor(String seconds, long millis) {
    assertThat(PROVIDER.failureOn(busy().withHeader("Retry-After", seconds)).retryAfter())
        .contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "350, 350", "17.9, 17", "-3, 0"})
  void passesOnTheMillisecondsThatTheProviderAsksFor(String wait, long millis) {
    assertThat(PROVIDER.failureOn(busy().withHeader("retry-after-ms", wait)).retryAfter())
        .contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Fri, 15 Jan 2027 08:00:30 GMT | 30
          Friday, 15-Jan-27 08:00:30 GMT | 30
          Fri, 15 Jan 2027 07:00:00 GMT | 0
          """)
  void passesOnTheTimeUntilTheDateThatTheProviderNames(String date, long seconds) {
    assertThat(PROVIDER.failureOn(busy().withHeader("Retry-After", date)).retryAfter())
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void prefersTheFinerOfTwoWaits() {
    assertThat(
            PROVIDER
                .failureOn(
                    busy().withHeader("retry-after-ms", "350").withHeader("Retry-After", "1"))
                .retryAfter())
        .contains(Duration.ofMillis(350));
  }

  @Test
  void takesTheCoarserWaitWhereTheFinerIsNone() {
    assertThat(
            PROVIDER
                .failureOn(
                    busy().withHeader("retry-after-ms", "soon").withHeader("Retry-After", "1"))
                .retryAfter())
        .contains(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "", "NaN", "Infinity", "1e999"})
  void asksForNoWaitThatIsNoNumber(String value) {
    assertThat(
            PROVIDER
                .failureOn(
                    busy().withHeader("retry-after-ms", value).withHeader("Retry-After", value))
                .retryAfter())
        .isEmpty();
  }

  @Test
  void bearsAWaitWithoutEnd() {
    assertThat(PROVIDER.failureOn(busy().withHeader("Retry-After", "1e300")).retryAfter())
        .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofDays(365)));
  }

  @Test
  void asksForNoWaitWhereTheProviderDoesNot() {
    assertThat(PROVIDER.failureOn(busy()).retryAfter()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"503, false", "429, false", "400, true", "401, true"})
  void believesTheProviderOnWhetherToAskAgain(int status, boolean shouldRetry) {
    assertThat(
            PROVIDER.failureOn(
                aResponse()
                    .withStatus(status)
                    .withHeader("x-should-retry", String.valueOf(shouldRetry))))
        .is(Failures.passing(shouldRetry));
  }

  private static ResponseDefinitionBuilder busy() {
    return aResponse().withStatus(429);
  }
}

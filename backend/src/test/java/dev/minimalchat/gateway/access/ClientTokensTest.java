package dev.minimalchat.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minimalchat.gateway.access.ClientTokens.TokenMatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTokensTest {
  private static final String PREVIOUS = "the-previous-token";
  private static final Instant EXPIRY = Instant.parse("2030-01-31T12:00:00Z");

  @Test
  void acceptsTheCurrentToken() {
    assertThat(tokens(EXPIRY).match(TestAccess.TOKEN)).isEqualTo(TokenMatch.CURRENT);
  }

  @Test
  void acceptsThePreviousTokenBeforeItsExpiry() {
    assertThat(tokens(EXPIRY.minusMillis(1)).match(PREVIOUS)).isEqualTo(TokenMatch.PREVIOUS);
  }

  @Test
  void rejectsThePreviousTokenFromItsExpiryOn() {
    assertThat(tokens(EXPIRY).match(PREVIOUS)).isEqualTo(TokenMatch.INVALID);
    assertThat(tokens(EXPIRY.plus(Duration.ofDays(1))).match(PREVIOUS))
        .isEqualTo(TokenMatch.INVALID);
  }

  @Test
  void expiresThePreviousTokenWithoutARestart() {
    ManualClock clock = new ManualClock(EXPIRY.minusSeconds(1));
    ClientTokens tokens = new ClientTokens(TestAccess.rotation(PREVIOUS, EXPIRY), clock);
    assertThat(tokens.match(PREVIOUS)).isEqualTo(TokenMatch.PREVIOUS);

    clock.now = EXPIRY;

    assertThat(tokens.match(PREVIOUS)).isEqualTo(TokenMatch.INVALID);
    assertThat(tokens.match(TestAccess.TOKEN)).isEqualTo(TokenMatch.CURRENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "the-current-toke",
        "the-current-tokem",
        "the-current-token2",
        "The-Current-Token",
        "the-previous-token2",
        "x"
      })
  void rejectsEveryOtherToken(String offered) {
    assertThat(tokens(EXPIRY.minusSeconds(1)).match(offered)).isEqualTo(TokenMatch.INVALID);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void acceptsOnlyTheCurrentTokenWithoutAPreviousOne(String previous) {
    ClientTokens tokens = new ClientTokens(TestAccess.rotation(previous, null), Clock.systemUTC());

    assertThat(tokens.match("")).isEqualTo(TokenMatch.INVALID);
    assertThat(tokens.match("  ")).isEqualTo(TokenMatch.INVALID);
    assertThat(tokens.match(TestAccess.TOKEN)).isEqualTo(TokenMatch.CURRENT);
  }

  @Test
  void requiresAnExpiryForThePreviousToken() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestAccess.rotation(PREVIOUS, null))
        .withMessageStartingWith("GATEWAY_TOKEN_PREVIOUS_UNTIL is missing")
        .withMessageNotContainingAny(PREVIOUS, TestAccess.TOKEN);
  }

  @Test
  void redactsTokensInToString() {
    assertThat(TestAccess.rotation(PREVIOUS, EXPIRY).toString())
        .doesNotContain(PREVIOUS, TestAccess.TOKEN);
  }

  private static ClientTokens tokens(Instant now) {
    return new ClientTokens(TestAccess.rotation(PREVIOUS, EXPIRY), new ManualClock(now));
  }

  /// A clock that the test sets.
  private static final class ManualClock extends Clock {
    private Instant now;

    ManualClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

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
  private static final Instant UNTIL = Instant.parse("2030-01-31T12:00:00Z");

  @Test
  void openWithTheCurrentOne() {
    assertThat(tokens(UNTIL).match(TestAccess.TOKEN)).isEqualTo(TokenMatch.CURRENT);
  }

  @Test
  void openWithThePreviousOneUntilItsTimeIsOver() {
    assertThat(tokens(UNTIL.minusMillis(1)).match(PREVIOUS)).isEqualTo(TokenMatch.PREVIOUS);
  }

  @Test
  void doNotOpenWithThePreviousOneFromThatInstantOn() {
    assertThat(tokens(UNTIL).match(PREVIOUS)).isEqualTo(TokenMatch.INVALID);
    assertThat(tokens(UNTIL.plus(Duration.ofDays(1))).match(PREVIOUS))
        .isEqualTo(TokenMatch.INVALID);
  }

  @Test
  void forgetThePreviousOneWithoutARestart() {
    ManualClock clock = new ManualClock(UNTIL.minusSeconds(1));
    ClientTokens tokens = new ClientTokens(TestAccess.rotation(PREVIOUS, UNTIL), clock);
    assertThat(tokens.match(PREVIOUS)).isEqualTo(TokenMatch.PREVIOUS);

    clock.now = UNTIL;

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
  void doNotOpenWithAnyOther(String offered) {
    assertThat(tokens(UNTIL.minusSeconds(1)).match(offered)).isEqualTo(TokenMatch.INVALID);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void haveNoPreviousOneWhereNoneIsSet(String previous) {
    ClientTokens tokens = new ClientTokens(TestAccess.rotation(previous, null), Clock.systemUTC());

    assertThat(tokens.match("")).isEqualTo(TokenMatch.INVALID);
    assertThat(tokens.match("  ")).isEqualTo(TokenMatch.INVALID);
    assertThat(tokens.match(TestAccess.TOKEN)).isEqualTo(TokenMatch.CURRENT);
  }

  @Test
  void needAnEndForThePreviousOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestAccess.rotation(PREVIOUS, null))
        .withMessageStartingWith("GATEWAY_TOKEN_PREVIOUS_UNTIL is missing")
        .withMessageNotContainingAny(PREVIOUS, TestAccess.TOKEN);
  }

  @Test
  void areNeverShown() {
    assertThat(TestAccess.rotation(PREVIOUS, UNTIL).toString())
        .doesNotContain(PREVIOUS, TestAccess.TOKEN);
  }

  private static ClientTokens tokens(Instant now) {
    return new ClientTokens(TestAccess.rotation(PREVIOUS, UNTIL), new ManualClock(now));
  }

  /// Shows the time that the test says.
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

package dev.minimalchat.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minimalchat.gateway.access.ClientTokens.Generation;
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
    assertThat(tokens(UNTIL).generation(Access.TOKEN)).isEqualTo(Generation.CURRENT);
  }

  @Test
  void openWithThePreviousOneUntilItsTimeIsOver() {
    assertThat(tokens(UNTIL.minusMillis(1)).generation(PREVIOUS)).isEqualTo(Generation.PREVIOUS);
  }

  @Test
  void doNotOpenWithThePreviousOneFromThatInstantOn() {
    assertThat(tokens(UNTIL).generation(PREVIOUS)).isEqualTo(Generation.NONE);
    assertThat(tokens(UNTIL.plus(Duration.ofDays(1))).generation(PREVIOUS))
        .isEqualTo(Generation.NONE);
  }

  @Test
  void forgetThePreviousOneWithoutARestart() {
    ManualClock clock = new ManualClock(UNTIL.minusSeconds(1));
    ClientTokens tokens = new ClientTokens(Access.rotation(PREVIOUS, UNTIL), clock);
    assertThat(tokens.generation(PREVIOUS)).isEqualTo(Generation.PREVIOUS);

    clock.now = UNTIL;

    assertThat(tokens.generation(PREVIOUS)).isEqualTo(Generation.NONE);
    assertThat(tokens.generation(Access.TOKEN)).isEqualTo(Generation.CURRENT);
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
    assertThat(tokens(UNTIL.minusSeconds(1)).generation(offered)).isEqualTo(Generation.NONE);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void haveNoPreviousOneWhereNoneIsSet(String previous) {
    ClientTokens tokens = new ClientTokens(Access.rotation(previous, null), Clock.systemUTC());

    assertThat(tokens.generation("")).isEqualTo(Generation.NONE);
    assertThat(tokens.generation("  ")).isEqualTo(Generation.NONE);
    assertThat(tokens.generation(Access.TOKEN)).isEqualTo(Generation.CURRENT);
  }

  @Test
  void needAnEndForThePreviousOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Access.rotation(PREVIOUS, null))
        .withMessageStartingWith("GATEWAY_TOKEN_PREVIOUS_UNTIL is missing")
        .withMessageNotContainingAny(PREVIOUS, Access.TOKEN);
  }

  @Test
  void areNeverShown() {
    assertThat(Access.rotation(PREVIOUS, UNTIL).toString()).doesNotContain(PREVIOUS, Access.TOKEN);
  }

  private static ClientTokens tokens(Instant now) {
    return new ClientTokens(Access.rotation(PREVIOUS, UNTIL), new ManualClock(now));
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

package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OwnerAbsenceTest {
  private static final Duration ONE_MS = Duration.ofMillis(1);

  private final OwnerAbsence owner = new OwnerAbsence();
  private Duration now = Duration.ofSeconds(1);

  @Test
  void isGoneAfterRepliesWithoutAnOwnerForItsLimit() {
    reply(false, false);
    pass(OwnerAbsence.LIMIT.minus(ONE_MS));
    reply(false, false);
    assertThat(owner.isGone()).isFalse();

    pass(ONE_MS);
    reply(false, false);
    assertThat(owner.isGone()).isTrue();
  }

  @Test
  void isNotGoneIfItComesBack() {
    reply(false, false);
    reply(true, false);
    pass(OwnerAbsence.LIMIT);
    reply(false, false);

    assertThat(owner.isGone()).isFalse();
  }

  @Test
  void withoutRepliesNothingIsKnown() {
    reply(false, false);
    pass(OwnerAbsence.LIMIT);

    assertThat(owner.isGone()).isFalse();
  }

  /// The owner's circuit breaker may open again later than that of this instance.
  @Test
  void afterAnOutageTheOwnerHasTimeToComeBack() {
    reply(false, true);
    pass(OwnerAbsence.LIMIT_AFTER_OUTAGE.minus(ONE_MS));
    reply(false, false);
    assertThat(owner.isGone()).isFalse();

    pass(ONE_MS);
    reply(false, false);
    assertThat(owner.isGone()).isTrue();
  }

  private void reply(boolean isOwned, boolean isAfterOutage) {
    owner.onReply(isOwned, isAfterOutage, now.toNanos());
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}

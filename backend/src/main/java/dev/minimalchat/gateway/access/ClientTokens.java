package dev.minimalchat.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The tokens that open the gateway: the current one, and the previous one until its time is over.
@Component
class ClientTokens {
  private final byte[] current;
  private final byte @Nullable [] previous;
  private final @Nullable Instant previousUntil;
  private final Clock clock;

  ClientTokens(AccessProperties properties, Clock clock) {
    this.current = bytes(properties.token());
    this.previous = properties.tokenPrevious() == null ? null : bytes(properties.tokenPrevious());
    this.previousUntil = properties.tokenPreviousUntil();
    this.clock = clock;
  }

  /// Takes the same time whichever token is offered and wherever it differs.
  Generation generation(String offered) {
    byte[] token = bytes(offered);
    boolean isCurrent = MessageDigest.isEqual(token, current);
    boolean isPrevious = previous != null && MessageDigest.isEqual(token, previous);
    if (isCurrent) {
      return Generation.CURRENT;
    }
    return isPrevious && clock.instant().isBefore(previousUntil)
        ? Generation.PREVIOUS
        : Generation.NONE;
  }

  /// Which of the tokens a caller holds: what a rotation is audited by.
  enum Generation {
    CURRENT,
    PREVIOUS,
    NONE
  }

  private static byte[] bytes(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }
}

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
  boolean accept(String offered) {
    byte[] token = bytes(offered);
    boolean isCurrent = MessageDigest.isEqual(token, current);
    boolean isPrevious = previous != null && MessageDigest.isEqual(token, previous);
    return isCurrent || (isPrevious && clock.instant().isBefore(previousUntil));
  }

  private static byte[] bytes(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }
}

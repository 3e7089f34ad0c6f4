package dev.minimalchat.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The current client token, and the previous one until it expires.
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

  /// Compares in constant time.
  TokenMatch match(String token) {
    byte[] candidate = bytes(token);
    boolean isCurrent = MessageDigest.isEqual(candidate, current);
    boolean isPrevious = previous != null && MessageDigest.isEqual(candidate, previous);
    if (isCurrent) {
      return TokenMatch.CURRENT;
    }
    return isPrevious && clock.instant().isBefore(previousUntil)
        ? TokenMatch.PREVIOUS
        : TokenMatch.INVALID;
  }

  /// Which token a request carries; counted, to see when a rotation is complete.
  enum TokenMatch {
    CURRENT,
    PREVIOUS,
    INVALID
  }

  private static byte[] bytes(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }
}

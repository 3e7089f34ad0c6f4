package dev.minimalchat.gateway.redis;

import java.time.Duration;

/// Whether the instance that gives an answer is gone: for some time Redis has replied that there is
/// no owner. After an outage the owner may call Redis again later than this instance does. Not
/// thread-safe.
final class OwnerAbsence {
  /// The owner needs two writes to notice that its key was lost, and to set it again.
  static final Duration LIMIT = Duration.ofMillis(1500);

  /// Until the circuit breaker of the owner lets it call Redis again.
  static final Duration LIMIT_AFTER_OUTAGE = RedisConnection.OPEN.plusSeconds(2);

  private boolean isAbsent;
  private Duration limit = LIMIT;

  /// As of [System#nanoTime].
  private long since;

  private long lastReply;

  /// @param isOwned whether there is an owner
  /// @param isAfterOutage whether a call of this instance has failed recently
  /// @param now as of [System#nanoTime]
  void onReply(boolean isOwned, boolean isAfterOutage, long now) {
    lastReply = now;
    if (isOwned) {
      isAbsent = false;
    } else if (!isAbsent) {
      isAbsent = true;
      since = now;
      limit = LIMIT;
    }
    if (isAfterOutage) {
      limit = LIMIT_AFTER_OUTAGE;
    }
  }

  boolean isGone() {
    return isAbsent && lastReply - since >= limit.toNanos();
  }
}

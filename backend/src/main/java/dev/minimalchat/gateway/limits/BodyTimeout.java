package dev.minimalchat.gateway.limits;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The time that a whole request body may take. The container limits each read only, so a client
/// that sends a byte now and then could hold the memory of its body for hours.
final class BodyTimeout implements AutoCloseable {
  private static final Duration BASE = Duration.ofSeconds(30);

  /// What a slow mobile connection sends.
  private static final int MIN_BYTES_PER_SECOND = 32 << 10;

  /// A body that takes longer counts towards the client's limit of slow bodies.
  private static final Duration SLOW = Duration.ofSeconds(5);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Supplier<Bulkhead> limit;
  private final long start;
  private @Nullable Bulkhead permitted;

  /// @param limit of slow bodies, of the client
  BodyTimeout(InstantSource clock, Supplier<Bulkhead> limit) {
    this.clock = clock;
    this.limit = limit;
    this.start = clock.millis();
  }

  /// Called after each read.
  ///
  /// @param bytes read so far
  /// @throws Failure if they have taken too long, or the client has too many slow bodies
  void check(long bytes) {
    Duration elapsed = Duration.ofMillis(clock.millis() - start);
    if (elapsed.compareTo(SLOW) < 0) {
      return;
    }
    if (elapsed.compareTo(BASE.plusSeconds(bytes / MIN_BYTES_PER_SECOND)) > 0) {
      throw Failure.invalidRequest("The body arrived too slowly.");
    }
    if (permitted == null) {
      Bulkhead bodies = limit.get();
      if (!bodies.tryAcquirePermission()) {
        throw new Failure(ErrorCode.RATE_LIMITED, "over " + bodies.getName(), RETRY_AFTER, null);
      }
      permitted = bodies;
    }
  }

  @Override
  public void close() {
    if (permitted != null) {
      permitted.releasePermission();
      permitted = null;
    }
  }
}

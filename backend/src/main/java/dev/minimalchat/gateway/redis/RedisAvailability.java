package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.errors.RedactedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/// Whether Redis is available, and what the log says about that: at most one warning a minute.
/// Neither host nor password is logged.
final class RedisAvailability {
  private static final Logger log = LoggerFactory.getLogger(RedisAvailability.class);
  private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

  /// The first word of an error reply, such as `WRONGPASS` or `READONLY`.
  private static final Pattern ERROR_CODE = Pattern.compile("^[A-Z]{2,20}\\b");

  private final InstantSource clock;
  private volatile boolean up;
  private volatile @Nullable Instant lastFailure;
  private @Nullable Instant lastWarning;

  /// Whether the log's last word is that Redis is not available, or none.
  private boolean announce = true;

  RedisAvailability(InstantSource clock) {
    this.clock = clock;
  }

  boolean isUp() {
    return up;
  }

  /// Whether a call has failed within this time.
  boolean hasFailedWithin(Duration time) {
    Instant last = lastFailure;
    return last != null && clock.instant().isBefore(last.plus(time));
  }

  void onSuccess() {
    if (!up) {
      setUp();
    }
  }

  synchronized void onFailure(Throwable failure) {
    up = false;
    Instant now = clock.instant();
    lastFailure = now;
    if (lastWarning == null || !now.isBefore(lastWarning.plus(WARNING_INTERVAL))) {
      lastWarning = now;
      announce = true;
      log.atWarn()
          .addKeyValue("cause", cause(failure))
          .log("Redis is not available: this instance applies its limits alone");
    }
  }

  private synchronized void setUp() {
    up = true;
    if (announce) {
      announce = false;
      log.info("Redis is available: limits are shared");
    }
  }

  private static String cause(Throwable failure) {
    String code =
        Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
            .filter(JedisDataException.class::isInstance)
            .map(cause -> ERROR_CODE.matcher(String.valueOf(cause.getMessage())))
            .filter(Matcher::find)
            .map(matcher -> " " + matcher.group())
            .findFirst()
            .orElse("");
    return RedactedException.names(failure) + code;
  }
}

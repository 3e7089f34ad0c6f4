package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.usage.SharedTokenCount;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/// The tokens of all instances in a day: a hash with the total, and with what each process has
/// added to it. So a report that is repeated, because its reply was lost, adds nothing, and after a
/// loss of Redis' data each process adds its tokens again.
final class RedisTokenCount implements SharedTokenCount {
  /// Until no clock of an instance shows that day any more.
  private static final Duration EXPIRY = Duration.ofDays(2);

  /// The largest integer that Lua adds without an error. No process uses as many tokens in a day.
  private static final long MAX_TOKENS = 1L << 53;

  /// Arguments: process, its tokens, time to live in s. Returns the tokens of the others.
  private static final String REPORT =
      """
      local known = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
      local own = math.max(known, tonumber(ARGV[2]))
      if own > known then
        redis.call('HINCRBY', KEYS[1], 'total', string.format('%.0f', own - known))
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        redis.call('EXPIRE', KEYS[1], ARGV[3])
      end
      local total = tonumber(redis.call('HGET', KEYS[1], 'total') or '0')
      return string.format('%.0f', math.max(0, total - own))
      """;

  private final RedisConnection redis;
  private final String process = UUID.randomUUID().toString();

  RedisTokenCount(RedisConnection redis) {
    this.redis = redis;
  }

  @Override
  public OptionalLong report(LocalDate day, long tokens) {
    String own = String.valueOf(Math.min(tokens, MAX_TOKENS));
    List<String> arguments = List.of(process, own, String.valueOf(EXPIRY.toSeconds()));
    return redis
        .call(jedis -> {
          String others = (String) jedis.eval(REPORT, List.of(RedisKeys.day(day)), arguments);
          return OptionalLong.of(Long.parseLong(others));
        })
        .orElseGet(OptionalLong::empty);
  }
}

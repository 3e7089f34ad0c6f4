package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

class RedisTokenCountIT {
  @RegisterExtension static final RedisServer SERVER = new RedisServer();

  private static final LocalDate DAY = LocalDate.of(2027, 1, 15);

  private final TestRedis redis = new TestRedis(SERVER.url());
  private final RedisTokenCount one = redis.tokens();
  private final RedisTokenCount two = redis.tokens();

  @BeforeEach
  void clear() {
    SERVER.clear();
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void returnsTheTokensOfTheOthers() {
    assertThat(one.report(DAY, 30)).hasValue(0);
    assertThat(two.report(DAY, 12)).hasValue(30);
    assertThat(one.report(DAY, 50)).hasValue(12);
    assertThat(redis.tokens().report(DAY, 0)).hasValue(62);
    assertThat(total()).isEqualTo("62");
  }

  @Test
  void aRepeatedReportAddsNothing() {
    one.report(DAY, 30);
    one.report(DAY, 30);
    one.report(DAY, 20);

    assertThat(two.report(DAY, 0)).hasValue(30);
    assertThat(one.report(DAY, 31)).hasValue(0);
    assertThat(total()).isEqualTo("31");
  }

  @Test
  void aReportRestoresTheTokensThatRedisHasLost() {
    one.report(DAY, 30);
    SERVER.clear();

    one.report(DAY, 35);

    assertThat(two.report(DAY, 0)).hasValue(35);
  }

  @Test
  void countsEachDaySeparately() {
    one.report(DAY, 30);

    assertThat(two.report(DAY.plusDays(1), 0)).hasValue(0);
  }

  @Test
  void countsTokensThatNoDayHas() {
    one.report(DAY, Long.MAX_VALUE);
    two.report(DAY, Long.MAX_VALUE);

    assertThat(redis.tokens().report(DAY, 0)).hasValue(1L << 54);
  }

  @Test
  void theDayExpires() {
    one.report(DAY, 30);

    try (Jedis server = SERVER.connect()) {
      assertThat(server.ttl("mc:day:2027-01-15")).isBetween(47 * 3600L, 48 * 3600L);
    }
  }

  private static String total() {
    try (Jedis server = SERVER.connect()) {
      return server.hget("mc:day:" + DAY, "total");
    }
  }
}

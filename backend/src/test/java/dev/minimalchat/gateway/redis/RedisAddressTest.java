package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  @ParameterizedTest
  @CsvSource({
    "redis://localhost, false, localhost, 6379, , , 0",
    "redis://localhost/, false, localhost, 6379, , , 0",
    "redis://redis.railway.internal:6380/3, false, redis.railway.internal, 6380, , , 3",
    "rediss://default:secret@cache.example:6379, true, cache.example, 6379, default, secret, 0",
    "redis://:secret@10.0.0.7, false, 10.0.0.7, 6379, , secret, 0",
    "redis://secret@10.0.0.7, false, 10.0.0.7, 6379, , secret, 0",
    "redis://user:p%40ss%2Fw%25rd+1@my_redis:6379/0, false, my_redis, 6379, user, p@ss/w%rd+1, 0",
    "redis://user:a:b@host, false, host, 6379, user, a:b, 0",
    "redis://[::1]:6379/2, false, ::1, 6379, , , 2",
    "redis://u:p@[fd12:3456::7], false, fd12:3456::7, 6379, u, p, 0"
  })
  void readsEachPartOfAUrl(
      String url,
      boolean tls,
      String host,
      int port,
      @Nullable String user,
      @Nullable String password,
      int database) {
    assertThat(RedisAddress.parse(url))
        .isEqualTo(new RedisAddress(tls, host, port, user, password, database));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:6379",
        "http://localhost:6379",
        "redis://",
        "redis://:secret@",
        "redis://user:sec%ret@host",
        "redis://user:sec/ret@host",
        "redis://user:sec#ret@host",
        "redis://host:0",
        "redis://host:65536",
        "redis://host:port",
        "redis://host/secret",
        "redis://host/1/2",
        "redis://host?password=secret",
        "redis://one,two:6379",
        "redis://::1:6379",
        " redis://host",
        "redis://host\n"
      })
  void rejectsAMalformedUrlWithoutQuotingIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisAddress.parse(url))
        .withMessageStartingWith("REDIS_URL is not an address, such as redis://")
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("sec", "\n"));
  }

  @Test
  void namesNeitherUserNorPassword() {
    String url = "rediss://someone:canary-7f2@cache.example:6380/4";

    assertThat(RedisAddress.parse(url)).hasToString("cache.example:6380/4");
    assertThat(new RedisProperties(url, "key-canary-3c9").toString())
        .doesNotContain("someone", "canary");
  }
}

package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class RedisKeysTest {
  private static final String CLIENT = "203.0.113.7";

  private final RedisKeys keys = new RedisKeys("sk-provider", "password");

  @Test
  void namesAClientOnlyByItsHash() {
    assertThat(keys.rate(CLIENT, 20)).matches("mc:rate:20:[\\w-]{22}").doesNotContain("203");
    assertThat(keys.streams("token laptop"))
        .matches("mc:streams:[\\w-]{22}")
        .doesNotContain("laptop");
    assertThat(RedisKeys.day(LocalDate.of(2026, 11, 5))).isEqualTo("mc:day:2026-11-05");
  }

  @Test
  void instancesWithTheSameSecretsHaveTheSameKeys() {
    assertThat(new RedisKeys("sk-provider", "password").rate(CLIENT, 20))
        .isEqualTo(keys.rate(CLIENT, 20));
  }

  @Test
  void aHashDependsOnTheClientAndOnBothSecrets() {
    assertThat(keys.hash(CLIENT))
        .isNotEqualTo(keys.hash("203.0.113.8"))
        .isNotEqualTo(new RedisKeys("sk-other", "password").hash(CLIENT))
        .isNotEqualTo(new RedisKeys("sk-provider", "other").hash(CLIENT))
        .isNotEqualTo(new RedisKeys(null, null).hash(CLIENT));
  }

  @Test
  void aChangedLimitHasAKeyOfItsOwn() {
    assertThat(keys.rate(CLIENT, 20)).isNotEqualTo(keys.rate(CLIENT, 30));
  }
}

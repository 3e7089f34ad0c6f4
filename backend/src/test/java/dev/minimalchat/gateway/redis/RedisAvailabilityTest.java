package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.timeouts.FakeScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

@ExtendWith(OutputCaptureExtension.class)
class RedisAvailabilityTest {
  private static final String WARNING = "Redis is not available";
  private static final String NOTICE = "Redis is available";

  private final FakeScheduler scheduler = new FakeScheduler();
  private final RedisAvailability availability = new RedisAvailability(scheduler.getClock());

  @Test
  void isUpAfterASuccessAndDownAfterAFailure() {
    assertThat(availability.isUp()).isFalse();
    availability.onSuccess();
    assertThat(availability.isUp()).isTrue();
    availability.onFailure(new JedisConnectionException("reset"));
    assertThat(availability.isUp()).isFalse();
  }

  @Test
  void warnsAtMostOnceAMinute(CapturedOutput output) {
    for (int i = 0; i < 60; i++) {
      availability.onFailure(new JedisConnectionException("reset"));
      availability.onSuccess();
      scheduler.advance(Duration.ofSeconds(1));
    }
    assertThat(output).containsOnlyOnce(WARNING).containsOnlyOnce(NOTICE);

    availability.onFailure(new JedisConnectionException("reset"));
    availability.onSuccess();

    assertThat(output.getAll().split(WARNING)).hasSize(3);
    assertThat(output.getAll().split(NOTICE)).hasSize(3);
  }

  @Test
  void namesTheCodeOfAnErrorReplyAndNothingElseOfIt(CapturedOutput output) {
    availability.onFailure(
        new JedisException(
            "no connection to 10.0.0.7",
            new JedisDataException("WRONGPASS invalid canary-5d1 password")));

    assertThat(output)
        .contains("JedisException from JedisDataException WRONGPASS")
        .doesNotContain("canary", "10.0.0.7");
  }

  @Test
  void quotesNoReplyThatIsNotFromRedis(CapturedOutput output) {
    availability.onFailure(new JedisDataException("canary\nforged line"));

    assertThat(output).contains("JedisDataException").doesNotContain("canary", "forged");
  }
}

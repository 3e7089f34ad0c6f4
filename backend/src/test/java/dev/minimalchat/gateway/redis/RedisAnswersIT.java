package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.resume.AnswerEvents;
import dev.minimalchat.gateway.resume.AnswerSource;
import dev.minimalchat.gateway.resume.ResumeKey;
import dev.minimalchat.gateway.resume.SharedAnswers.Ownership;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

/// The keys of an answer in Redis, for two instances.
class RedisAnswersIT {
  @RegisterExtension static final RedisServer SERVER = new RedisServer();

  private static final ResumeKey KEY = ResumeKey.parse("a-key-of-22-characters");
  private static final AnswerKeys KEYS = AnswerKeys.of(KEY);
  private static final Duration TTL = Duration.ofMinutes(2);
  private static final String BODY = "hash";
  private static final AnswerSource.Reader READER = () -> {};

  /// Longer than an owner may be absent, if there was no outage.
  private static final Duration READ_TIMEOUT = OwnerAbsence.LIMIT.plusSeconds(1);

  private final TestRedis one = new TestRedis(SERVER.url());
  private final TestRedis two = new TestRedis(SERVER.url());
  private final RedisAnswers here = RedisAnswers.start(one.connection, TTL, one.timers);
  private final RedisAnswers there = RedisAnswers.start(two.connection, TTL, two.timers);
  private final Jedis redis = SERVER.connect();

  @BeforeEach
  void start() {
    SERVER.clear();
    one.awaitUp();
    two.awaitUp();
  }

  @AfterEach
  void close() {
    redis.close();
    one.close();
    two.close();
  }

  @Test
  void theReaderOfAnAnswerWithoutItsOwnerFailsSoon() throws Exception {
    forgetFailures();
    AnswerEvents events = readWithoutOwner();

    assertThat(Objects.requireNonNull(events.failure()).code()).isEqualTo(ErrorCode.INTERNAL);
  }

  /// The owner may not know yet that Redis is back.
  @Test
  void afterAnOutageAReaderWaitsForTheOwner() throws Exception {
    forgetFailures();
    assertThat(two.connection.call(_ -> failing())).isEmpty();
    AnswerEvents events = readWithoutOwner();

    assertThat(events.failure()).isNull();
    assertThat(events.isEnd()).isFalse();
  }

  private AnswerEvents readWithoutOwner() throws Exception {
    assertThat(here.claim(KEY, BODY)).isEqualTo(Ownership.OWN);
    AnswerSource answer = there.find(KEY).orElseThrow();
    assertThat(answer.attach(READER, -1)).isTrue();
    redis.del(KEYS.owner());
    return answer.await(READER, -1, READ_TIMEOUT);
  }

  /// A probe may have failed at the start.
  private void forgetFailures() {
    two.timers.advance(Duration.ofSeconds(20));
  }

  private static String failing() {
    throw new IllegalStateException("an outage");
  }
}

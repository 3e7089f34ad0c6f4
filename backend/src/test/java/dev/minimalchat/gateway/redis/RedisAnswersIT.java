package dev.minimalchat.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.resume.AnswerEvents;
import dev.minimalchat.gateway.resume.AnswerSource;
import dev.minimalchat.gateway.resume.ResumeKey;
import dev.minimalchat.gateway.resume.SharedAnswers.Ownership;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.XAddParams;

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

  /// Longer than a call waits for a reply.
  private static final Duration TOO_LATE = Duration.ofMillis(300);

  private static final Duration STEP = Duration.ofMillis(500);

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

  /// Redis has executed a claim whose reply came too late.
  @Test
  void aClaimWithoutItsAnswerIsFreeAfterTheTimeOfAnOwner() throws Exception {
    try (RawServer late = RawServer.delaying(SERVER.port(), TOO_LATE);
        TestRedis slow = new TestRedis(late.url())) {
      RedisAnswers unaware = RedisAnswers.start(slow.connection, TTL, slow.timers);
      assertThat(unaware.claim(KEY, BODY)).isEqualTo(Ownership.UNKNOWN);
      await().atMost(TestTimeouts.LIMIT).until(() -> redis.exists(KEYS.claim()));
    }
    assertThat(here.claim(KEY, BODY)).isEqualTo(Ownership.OF_THE_SAME_REQUEST);
    assertThat(redis.pttl(KEYS.claim())).isBetween(1L, RedisAnswers.OWNER_TTL.toMillis());

    redis.del(KEYS.claim(), KEYS.owner()); // as after that time

    assertThat(here.claim(KEY, BODY)).isEqualTo(Ownership.OWN);
  }

  /// An answer was rejected while Redis was away, so its claim is left.
  @Test
  void theSameRequestFailsAndThenStartsWhereAClaimIsLeft() {
    forgetFailures();
    assertThat(here.claim(KEY, BODY)).isEqualTo(Ownership.OWN);
    redis.persist(KEYS.claim());
    redis.del(KEYS.owner());
    AnswerSource answer = there.find(KEY).orElseThrow();

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> {
          for (Duration waited = Duration.ZERO;
              waited.compareTo(TestTimeouts.LIMIT) < 0 && !answer.awaitStatus(STEP);
              waited = waited.plus(STEP)) {}
        })
        .returns(ErrorCode.OVERLOADED, Failure::code);

    assertThat(there.claim(KEY, "another")).isEqualTo(Ownership.OWN);
    assertThat(here.claim(KEY, BODY)).isEqualTo(Ownership.OF_ANOTHER_REQUEST);
  }

  @Test
  void anEndedAnswerKeepsItsKeyWithoutAnOwner() {
    assertThat(here.claim(KEY, BODY)).isEqualTo(Ownership.OWN);
    redis.xadd(KEYS.events(), Map.of("n", "0"), XAddParams.xAddParams());
    redis.del(KEYS.owner());

    assertThat(there.claim(KEY, BODY)).isEqualTo(Ownership.OF_THE_SAME_REQUEST);
    assertThat(there.claim(KEY, "another")).isEqualTo(Ownership.OF_ANOTHER_REQUEST);
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

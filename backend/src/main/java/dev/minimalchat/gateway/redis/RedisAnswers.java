package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.redis.PublishedAnswer.Entry;
import dev.minimalchat.gateway.resume.AnswerSource;
import dev.minimalchat.gateway.resume.ResumeKey;
import dev.minimalchat.gateway.resume.SharedAnswers;
import dev.minimalchat.gateway.resume.StoredAnswer;
import dev.minimalchat.gateway.timeouts.IdleTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.scheduling.TaskScheduler;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;

/// The answers of all instances. Each instance writes the events of its answers to Redis, those of
/// a short time together, and learns there whether an answer is read or stopped at another
/// instance.
final class RedisAnswers implements SharedAnswers, AutoCloseable {
  private static final Duration WRITE_INTERVAL = Duration.ofMillis(150);

  /// After a crash a reader learns soon after this time that nothing follows.
  static final Duration OWNER_TTL = Duration.ofSeconds(10);

  /// An answer that is stopped before its request arrives.
  private static final Duration STOP_TTL = Duration.ofSeconds(30);

  private static final Duration LAST_WRITE_TIMEOUT = Duration.ofSeconds(2);

  /// Answers in one call.
  private static final int BATCH = 100;

  /// Arguments: the hash of the body, times to live in ms of the claim and of its owner. Returns
  /// the hash that has the key, or an empty text if it is new.
  private static final String CLAIM =
      """
      if redis.call('EXISTS', KEYS[3]) == 1 then return 'cancelled' end
      local claimed = redis.call('GET', KEYS[1])
      if claimed then return claimed end
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
      redis.call('SET', KEYS[2], '1', 'PX', ARGV[3])
      return ''
      """;

  private final RedisConnection redis;
  private final Duration ttl;
  private final IdleTimer writes;
  private final Set<PublishedAnswer> answers = ConcurrentHashMap.newKeySet();
  private final ReentrantLock writing = new ReentrantLock();

  /// @param ttl `RESUME_TTL`
  private RedisAnswers(RedisConnection redis, Duration ttl, TaskScheduler timers) {
    this.redis = redis;
    this.ttl = ttl;
    this.writes =
        new IdleTimer(
            timers,
            WRITE_INTERVAL,
            () -> {
              if (!answers.isEmpty()) {
                Thread.ofVirtual().name("redis-answers").start(this::write);
              }
            });
  }

  static RedisAnswers start(RedisConnection redis, Duration ttl, TaskScheduler timers) {
    RedisAnswers answers = new RedisAnswers(redis, ttl, timers);
    answers.writes.start();
    return answers;
  }

  @Override
  public Ownership claim(ResumeKey key, String bodyHash) {
    List<String> arguments = List.of(bodyHash, millis(runningTtl()), millis(OWNER_TTL));
    return redis
        .call(jedis -> (String) jedis.eval(CLAIM, AnswerKeys.of(key).forClaim(), arguments))
        .map(claimed -> {
          if (claimed.isEmpty()) {
            return Ownership.OWN;
          }
          return claimed.equals(bodyHash)
              ? Ownership.OF_THE_SAME_REQUEST
              : Ownership.OF_ANOTHER_REQUEST;
        })
        .orElse(Ownership.UNKNOWN);
  }

  @Override
  public void publish(ResumeKey key, StoredAnswer answer) {
    answers.add(new PublishedAnswer(key, answer));
  }

  @Override
  public void release(ResumeKey key) {
    AnswerKeys keys = AnswerKeys.of(key);
    answers.removeIf(answer -> answer.keys.equals(keys));
    var _ = redis.call(jedis -> jedis.del(keys.all()));
  }

  @Override
  public Optional<AnswerSource> find(ResumeKey key) {
    AnswerKeys keys = AnswerKeys.of(key);
    return redis
        .call(jedis -> jedis.exists(keys.claim()))
        .filter(isClaimed -> isClaimed)
        .map(_ -> RedisAnswer.load(redis, key, keys));
  }

  @Override
  public void cancel(ResumeKey key) {
    stop(redis, AnswerKeys.of(key));
  }

  static void stop(RedisConnection redis, AnswerKeys keys) {
    var _ = redis.call(jedis -> jedis.set(keys.stop(), "1", px(STOP_TTL)));
  }

  static SetParams px(Duration ttl) {
    return SetParams.setParams().px(ttl.toMillis());
  }

  /// Writes what is left, so that an answer which this instance ends at its shutdown can be read at
  /// the others.
  @Override
  public void close() {
    writes.close();
    try {
      if (writing.tryLock(LAST_WRITE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        writeAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One at a time: a slow one is not repeated meanwhile.
  private void write() {
    if (writing.tryLock()) {
      writeAll();
    }
  }

  private void writeAll() {
    try {
      List<PublishedAnswer> all = List.copyOf(answers);
      for (int i = 0; i < all.size(); i += BATCH) {
        write(all.subList(i, Math.min(all.size(), i + BATCH)));
      }
    } finally {
      writing.unlock();
    }
  }

  private void write(List<PublishedAnswer> batch) {
    Map<PublishedAnswer, List<Entry>> entries = new HashMap<>();
    for (PublishedAnswer answer : batch) {
      entries.put(answer, answer.next());
    }
    redis
        .call(jedis -> write(jedis, entries))
        .ifPresentOrElse(
            states -> states.forEach(this::onWritten),
            () -> batch.forEach(PublishedAnswer::onNoReply));
  }

  private List<State> write(JedisPooled jedis, Map<PublishedAnswer, List<Entry>> entries) {
    List<State> states = new ArrayList<>();
    List<Response<?>> replies = new ArrayList<>();
    try (AbstractPipeline pipeline = jedis.pipelined()) {
      entries.forEach((answer, added) -> {
        AnswerKeys keys = answer.keys;
        for (Entry entry : added) {
          replies.add(pipeline.xadd(keys.events(), XAddParams.xAddParams(), entry.fields()));
        }
        boolean isEnd = answer.isEndWith(added);
        boolean isRenewed = isEnd || answer.isRenewalDue();
        if (isRenewed) {
          long keep = (isEnd ? ttl : runningTtl()).toMillis();
          replies.add(pipeline.pexpire(keys.events(), keep));
          replies.add(pipeline.pexpire(keys.claim(), keep));
          replies.add(
              isEnd ? pipeline.del(keys.owner()) : pipeline.set(keys.owner(), "1", px(OWNER_TTL)));
        }
        var others = pipeline.mget(keys.reader(), keys.stop(), keys.owner());
        states.add(new State(answer, added, isRenewed, isEnd, others));
      });
      pipeline.sync();
    }
    replies.forEach(Response::get); // throws what Redis replied
    states.forEach(state -> state.others.get());
    return states;
  }

  private void onWritten(State state) {
    PublishedAnswer answer = state.answer;
    List<String> values = state.others.get();
    answer.onWritten(state.written, state.isRenewed, values.getLast() != null);
    if (answer.onState(values.getFirst(), values.get(1) != null)) {
      var _ = redis.call(jedis -> jedis.del(answer.keys.reader()));
    }
    if (state.isEnd) {
      answers.remove(answer);
    }
  }

  /// While the answer runs, and its owner renews it.
  private Duration runningTtl() {
    return ttl.plus(OWNER_TTL);
  }

  private static String millis(Duration duration) {
    return String.valueOf(duration.toMillis());
  }

  /// What another instance has written about an answer, after this one has written its entries.
  ///
  /// @param others the values of its keys for the reader, the stop and the owner
  private record State(
      PublishedAnswer answer,
      List<Entry> written,
      boolean isRenewed,
      boolean isEnd,
      Response<List<String>> others) {}
}

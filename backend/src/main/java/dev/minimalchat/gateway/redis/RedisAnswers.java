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
import java.util.UUID;
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

  /// Arguments: the instance, the hash of the body, time to live in ms until the first write.
  /// Returns the hash that has the key, or an empty text if it is new or its request has failed: a
  /// claim without an owner and without events is of an instance that does not know that it has it,
  /// or could not release it.
  private static final String CLAIM =
      """
      if redis.call('EXISTS', KEYS[5]) == 1 then return 'cancelled' end
      local claimed = redis.call('GET', KEYS[1])
      if claimed and redis.call('EXISTS', KEYS[2], KEYS[3]) > 0 then return claimed end
      redis.call('DEL', KEYS[3])
      redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
      redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
      return ''
      """;

  /// Arguments: the instance, the hash of the body, times to live in ms of the answer and of its
  /// owner; 0 if it has ended. Sets the keys again that Redis has lost, unless another instance has
  /// them.
  private static final String RENEW =
      """
      local owner = redis.call('GET', KEYS[2])
      if owner and owner ~= ARGV[1] then return 0 end
      redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
      redis.call('PEXPIRE', KEYS[3], ARGV[3])
      if ARGV[4] == '0' then redis.call('DEL', KEYS[2])
      else redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[4]) end
      return 1
      """;

  /// Argument: the instance. Removes the keys, unless another instance has them.
  private static final String RELEASE =
      """
      local owner = redis.call('GET', KEYS[2])
      if owner and owner ~= ARGV[1] then return 0 end
      return redis.call('DEL', unpack(KEYS))
      """;

  private final RedisConnection redis;
  private final String process = UUID.randomUUID().toString();
  private final Duration ttl;
  private final IdleTimer writes;
  private final Map<AnswerKeys, PublishedAnswer> answers = new ConcurrentHashMap<>();
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
    List<String> arguments = List.of(process, bodyHash, millis(OWNER_TTL));
    return redis
        .call(jedis -> (String) jedis.eval(CLAIM, AnswerKeys.of(key).all(), arguments))
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
  public void publish(ResumeKey key, String bodyHash, StoredAnswer answer) {
    PublishedAnswer published = new PublishedAnswer(key, bodyHash, answer);
    answers.put(published.keys, published); // replaces an ended one that Redis could not get
  }

  @Override
  public void release(ResumeKey key) {
    AnswerKeys keys = AnswerKeys.of(key);
    answers.remove(keys);
    release(keys);
  }

  private void release(AnswerKeys keys) {
    var _ = redis.call(jedis -> jedis.eval(RELEASE, keys.all(), List.of(process)));
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
      List<PublishedAnswer> all = List.copyOf(answers.values());
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
          List<String> times =
              isEnd
                  ? List.of(process, answer.bodyHash, millis(ttl), "0")
                  : List.of(process, answer.bodyHash, millis(runningTtl()), millis(OWNER_TTL));
          replies.add(pipeline.eval(RENEW, keys.all(), times));
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
    String owner = values.getLast();
    if (owner != null && !owner.equals(process)) {
      answers.remove(answer.keys, answer);
      answer.onOtherOwner();
      return;
    }
    // An answer that was released meanwhile may have got its keys again.
    if (!answers.containsKey(answer.keys)) {
      release(answer.keys);
      return;
    }
    answer.onWritten(state.written, state.isRenewed, owner != null);
    if (answer.onState(values.getFirst(), values.get(1) != null)) {
      var _ = redis.call(jedis -> jedis.del(answer.keys.reader()));
    }
    if (state.isEnd) {
      answers.remove(answer.keys, answer);
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

package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.RedactedException;
import dev.minimalchat.gateway.errors.RequestId;
import dev.minimalchat.gateway.resume.AnswerEvents;
import dev.minimalchat.gateway.resume.AnswerSource;
import dev.minimalchat.gateway.resume.ResumeKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.resps.StreamEntry;

/// An answer that another instance gives, for one reader of this one.
final class RedisAnswer implements AnswerSource {
  private static final Logger log = LoggerFactory.getLogger(RedisAnswer.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(150);
  static final Duration READER_TTL = Duration.ofSeconds(10);

  /// Without a reply of Redis the client has to come back.
  private static final Duration MAX_SILENCE = Duration.ofSeconds(10);

  private static final int MAX_ENTRIES = 256;

  /// The other instances may not have noticed yet that it is over.
  private static final Duration RECENT_OUTAGE = Duration.ofSeconds(10);

  /// Removes the reader, if it is still this one.
  private static final String LEAVE =
      """
      if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
      return 1
      """;

  /// Renews the reader, if it is still this one, and returns whether it is.
  private static final String STAY =
      """
      if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      return redis.call('PEXPIRE', KEYS[1], ARGV[2])
      """;

  private final RedisConnection redis;
  private final AnswerKeys keys;
  private final AnswerCipher cipher;
  private final String id = UUID.randomUUID().toString();
  private final ReceivedEvents received = new ReceivedEvents();
  private final OwnerAbsence owner = new OwnerAbsence();
  private String lastEntry = "-";
  private boolean isReplaced;

  private String requestId = "unknown";

  private RedisAnswer(RedisConnection redis, ResumeKey key, AnswerKeys keys) {
    this.redis = redis;
    this.keys = keys;
    this.cipher = new AnswerCipher(key);
  }

  /// Reads what there is.
  static RedisAnswer load(RedisConnection redis, ResumeKey key, AnswerKeys keys) {
    RedisAnswer answer = new RedisAnswer(redis, key, keys);
    answer.poll(false);
    return answer;
  }

  @Override
  public synchronized boolean awaitStatus(Duration timeout) throws InterruptedException {
    poll(false);
    if (received.isEmpty()) {
      if (owner.isGone() || isReleased()) {
        throw new Failure(ErrorCode.OVERLOADED, "the first request has failed");
      }
      Thread.sleep(timeout);
    }
    return !received.isEmpty();
  }

  @Override
  public synchronized boolean attach(Reader reader, long after) {
    return received.has(after)
        && redis
            .call(jedis -> jedis.set(keys.reader(), id, RedisAnswers.px(READER_TTL)))
            .isPresent();
  }

  /// The other instance notices that there is no reader any more.
  @Override
  public boolean detach(Reader reader) {
    var _ = redis.call(jedis -> jedis.eval(LEAVE, List.of(keys.reader()), List.of(id)));
    return true;
  }

  @Override
  public synchronized AnswerEvents await(Reader reader, long after, Duration timeout)
      throws InterruptedException, AnswerLostException {
    long start = System.nanoTime();
    long lastReply = start;
    AnswerEvents events = received.after(after);
    while (events.isEmpty() && !events.isEnd()) {
      if (poll(true)) {
        lastReply = System.nanoTime();
      }
      if (received.isLost()) {
        throw new AnswerLostException();
      }
      events = received.after(after);
      if (!events.isEmpty() || events.isEnd()) {
        break;
      }
      if (isReplaced || System.nanoTime() - lastReply > MAX_SILENCE.toNanos()) {
        return new AnswerEvents(after + 1, List.of(), null, true);
      }
      if (owner.isGone()) {
        Failure gone = new Failure(ErrorCode.INTERNAL, "the instance of the answer is gone");
        return new AnswerEvents(after + 1, List.of(), gone, true);
      }
      if (System.nanoTime() - start + POLL_INTERVAL.toNanos() > timeout.toNanos()) {
        break;
      }
      Thread.sleep(POLL_INTERVAL);
    }
    return events;
  }

  @Override
  public synchronized long end() {
    return received.end();
  }

  @Override
  public synchronized Response response() {
    return new Response(received.responseId(), received.model(), requestId);
  }

  @Override
  public void cancel() {
    RedisAnswers.stop(redis, keys);
  }

  private boolean isReleased() {
    return redis
        .call(jedis -> jedis.exists(keys.claim()))
        .filter(isClaimed -> !isClaimed)
        .isPresent();
  }

  /// Reads what is new, and returns whether Redis has replied.
  ///
  /// @param isReading whether there is a reader, which has to be renewed
  private boolean poll(boolean isReading) {
    Optional<News> news = redis.call(jedis -> read(jedis, isReading));
    news.ifPresent(it -> {
      it.entries.forEach(this::add);
      isReplaced = isReading && !it.isReader;
      owner.onReply(it.isOwned, redis.hasFailedWithin(RECENT_OUTAGE), System.nanoTime());
    });
    return news.isPresent();
  }

  private News read(JedisPooled jedis, boolean isReading) {
    try (AbstractPipeline pipeline = jedis.pipelined()) {
      var entries = pipeline.xrange(keys.events(), lastEntry, "+", MAX_ENTRIES);
      var isOwned = pipeline.exists(keys.owner());
      var isReader =
          isReading
              ? pipeline.eval(
                  STAY, List.of(keys.reader()), List.of(id, String.valueOf(READER_TTL.toMillis())))
              : null;
      pipeline.sync();
      return new News(entries.get(), isOwned.get(), isReader == null || isReader.get().equals(1L));
    }
  }

  private void add(StreamEntry entry) {
    lastEntry = "(" + entry.getID();
    try {
      long number = Long.parseLong(entry.getFields().get(PublishedAnswer.NUMBER));
      byte[] encrypted = Base64.getDecoder().decode(entry.getFields().get(PublishedAnswer.EVENTS));
      received.add(AnswerCodec.decode(number, cipher.decrypt(number, encrypted)));
      requestId = RequestId.accept(entry.getFields().get(PublishedAnswer.REQUEST)).value();
    } catch (RuntimeException | IOException | GeneralSecurityException e) {
      log.warn("an answer in Redis cannot be read: {}", RedactedException.names(e));
      received.lose();
    }
  }

  private record News(List<StreamEntry> entries, boolean isOwned, boolean isReader) {}
}

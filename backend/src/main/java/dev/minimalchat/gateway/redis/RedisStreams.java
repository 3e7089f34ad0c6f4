package dev.minimalchat.gateway.redis;

import static java.util.stream.Collectors.groupingBy;

import dev.minimalchat.gateway.limits.SharedStreams;
import dev.minimalchat.gateway.timeouts.IdleTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.JedisPooled;

/// The concurrent answers of each client on all instances: a sorted set of leases, by the time at
/// which they expire. The lease of a process that has crashed expires; a counter would keep it.
///
/// Times are those of Redis' clock. Each script uses one key, so a cluster can run it.
final class RedisStreams implements SharedStreams, AutoCloseable {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(10);

  /// Clients in one call.
  private static final int RENEWAL_BATCH = 100;

  /// Arguments: time to live in ms, limit, lease. Returns whether the lease was added.
  private static final String ACQUIRE =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
      if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
      redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[3])
      redis.call('PEXPIRE', KEYS[1], ARGV[1])
      return 1
      """;

  /// Arguments: time to live in ms, leases. Adds those that Redis has lost, because their answers
  /// are running.
  private static final String RENEW =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[i]) end
      redis.call('PEXPIRE', KEYS[1], ARGV[1])
      return 1
      """;

  private final RedisConnection redis;
  private final RedisKeys keys;
  private final Duration ttl;
  private final IdleTimer renewals;
  private final String process = UUID.randomUUID() + ":";
  private final AtomicLong count = new AtomicLong();
  private final Set<StreamLease> leases = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean renewing = new AtomicBoolean();

  RedisStreams(
      RedisConnection redis,
      RedisKeys keys,
      TaskScheduler timers,
      Duration ttl,
      Duration renewalInterval) {
    this.redis = redis;
    this.keys = keys;
    this.ttl = ttl;
    this.renewals =
        new IdleTimer(
            timers,
            renewalInterval,
            () -> Thread.ofVirtual().name("redis-renewal").start(this::renew));
  }

  static RedisStreams start(RedisConnection redis, RedisKeys keys, TaskScheduler timers) {
    var streams = new RedisStreams(redis, keys, timers, TTL, RENEWAL_INTERVAL);
    streams.renewals.start();
    return streams;
  }

  /// A lease that Redis could not register is registered by its first renewal.
  @Override
  public @Nullable Lease acquire(String client, int max) {
    StreamLease lease = new StreamLease(keys.streams(client), process + count.incrementAndGet());
    List<String> arguments = List.of(ttlMillis(), String.valueOf(max), lease.id);
    boolean refused =
        redis
            .call(jedis -> (Long) jedis.eval(ACQUIRE, List.of(lease.key), arguments))
            .filter(admitted -> admitted == 0)
            .isPresent();
    if (refused) {
      return null;
    }
    leases.add(lease);
    return lease;
  }

  @Override
  public void close() {
    renewals.close();
  }

  /// One renewal at a time: a slow one is not repeated meanwhile.
  void renew() {
    if (renewing.compareAndSet(false, true)) {
      try {
        Map<String, List<StreamLease>> clients = leases.stream().collect(groupingBy(it -> it.key));
        List<List<StreamLease>> all = new ArrayList<>(clients.values());
        for (int i = 0; i < all.size(); i += RENEWAL_BATCH) {
          renew(all.subList(i, Math.min(all.size(), i + RENEWAL_BATCH)));
        }
      } finally {
        renewing.set(false);
      }
    }
  }

  /// An answer that ends meanwhile may have removed its lease before the renewal added it again.
  private void renew(List<List<StreamLease>> clients) {
    var _ = redis.call(jedis -> renew(jedis, clients));
    clients.stream()
        .flatMap(List::stream)
        .filter(lease -> !leases.contains(lease))
        .forEach(StreamLease::remove);
  }

  private boolean renew(JedisPooled jedis, List<List<StreamLease>> clients) {
    try (AbstractPipeline pipeline = jedis.pipelined()) {
      var replies =
          clients.stream()
              .map(client -> {
                Stream<String> ids = client.stream().map(lease -> lease.id);
                List<String> arguments = Stream.concat(Stream.of(ttlMillis()), ids).toList();
                return pipeline.eval(RENEW, List.of(client.getFirst().key), arguments);
              })
              .toList();
      pipeline.sync();
      replies.forEach(reply -> reply.get()); // throws what Redis replied
      return true;
    }
  }

  private String ttlMillis() {
    return String.valueOf(ttl.toMillis());
  }

  private final class StreamLease implements Lease {
    private final String key;
    private final String id;

    StreamLease(String key, String id) {
      this.key = key;
      this.id = id;
    }

    /// If Redis is not available, the lease expires.
    @Override
    public void close() {
      if (leases.remove(this)) {
        remove();
      }
    }

    private void remove() {
      var _ = redis.call(jedis -> jedis.zrem(key, id));
    }
  }
}

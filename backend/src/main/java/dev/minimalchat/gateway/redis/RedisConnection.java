package dev.minimalchat.gateway.redis;

import dev.minimalchat.gateway.errors.OutOfMemoryExit;
import dev.minimalchat.gateway.timeouts.IdleTimer;
import io.github.bucket4j.util.concurrent.batch.BatchHelper.BatchFailedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.scheduling.TaskScheduler;
import redis.clients.jedis.JedisPooled;

/// The connections to Redis. A call returns nothing instead of failing, and takes no longer than a
/// timeout: Redis must never be the reason that a question is not answered.
///
/// A burst waits for its turn before that: it is no failure of Redis. When Redis fails meanwhile,
/// those that wait are not called. Where the turns do not suffice, because Redis is slow, calls do
/// not wait for one for some seconds.
///
/// After five failures among ten calls Redis is not called for 5 s. Then one call decides.
final class RedisConnection implements AutoCloseable {
  /// For everything that a call may wait for: a name, a new connection, a reply.
  static final Duration CALL_TIMEOUT = Duration.ofMillis(500);

  private static final Duration TURN_TIMEOUT = Duration.ofSeconds(1);

  /// How long Redis is not called after failures.
  static final Duration OPEN = Duration.ofSeconds(5);

  private static final CircuitBreakerConfig BREAKER =
      CircuitBreakerConfig.custom()
          .slidingWindowSize(10)
          .minimumNumberOfCalls(5)
          .failureRateThreshold(50)
          .waitDurationInOpenState(OPEN)
          .permittedNumberOfCallsInHalfOpenState(1)
          .slowCallDurationThreshold(Duration.ofDays(1))
          .build();

  private static final String PROBE_KEY = RedisKeys.PREFIX + "probe";
  private static final int PROBE_SECONDS = 10;

  private final JedisPooled client;
  private final Semaphore turns = new Semaphore(JedisClients.MAX_CONNECTIONS, true);

  /// When a call has waited for its turn in vain, as of [System#nanoTime].
  private volatile long congested = System.nanoTime() - OPEN.toNanos();

  private final CircuitBreaker breaker = CircuitBreaker.of("redis", BREAKER);
  private final RedisAvailability availability;
  private final IdleTimer probes;

  private RedisConnection(JedisPooled client, MeterRegistry meters, TaskScheduler timers) {
    this.client = client;
    this.availability = new RedisAvailability(timers.getClock());
    this.probes = new IdleTimer(timers, OPEN, this::startProbe);
    Gauge.builder("redis.up", availability, it -> it.isUp() ? 1 : 0)
        .description("Whether the last call to Redis succeeded")
        .register(meters);
  }

  /// Does not wait for Redis: the gateway starts without it.
  static RedisConnection open(RedisAddress address, MeterRegistry meters, TaskScheduler timers) {
    var redis = new RedisConnection(JedisClients.create(address), meters, timers);
    redis.probes.start();
    redis.startProbe();
    return redis;
  }

  /// Runs a command, on a thread of its own, because not everything that it waits for has a
  /// timeout.
  ///
  /// @param command fails if the reply is none that Redis can give
  /// @return its result; empty if Redis is not available
  <T> Optional<T> call(Function<JedisPooled, T> command) {
    try {
      if (!awaitTurn()) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return breaker.tryAcquirePermission() ? callNow(command) : Optional.empty();
    } finally {
      turns.release();
    }
  }

  /// Whether a call has failed within this time.
  boolean hasFailedWithin(Duration time) {
    return availability.hasFailedWithin(time);
  }

  private boolean awaitTurn() throws InterruptedException {
    if (System.nanoTime() - congested < OPEN.toNanos()) {
      return turns.tryAcquire(0, TimeUnit.MILLISECONDS);
    }
    if (turns.tryAcquire(TURN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    congested = System.nanoTime();
    availability.onFailure(new TimeoutException("no turn"));
    return false;
  }

  private <T> Optional<T> callNow(Function<JedisPooled, T> command) {
    long start = breaker.getCurrentTimestamp();
    FutureTask<T> task = new FutureTask<>(() -> Objects.requireNonNull(command.apply(client)));
    Thread.ofVirtual().name("redis").start(task);
    try {
      T result = task.get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      breaker.onSuccess(elapsed(start), TimeUnit.NANOSECONDS);
      availability.onSuccess();
      return Optional.of(result);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BatchFailedException) {
        breaker.releasePermission(); // the call that did the work for this one has counted it
        return Optional.empty();
      }
      client.getPool().clear(); // the others may be lost too, or out of step with their replies
      onFailure(start, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      task.cancel(true);
      onFailure(start, e);
    } catch (InterruptedException e) {
      task.cancel(true);
      breaker.releasePermission();
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    probes.close();
    client.close();
  }

  private void onFailure(long start, Throwable failure) {
    breaker.onError(elapsed(start), TimeUnit.NANOSECONDS, failure);
    availability.onFailure(failure);
    OutOfMemoryExit.check(failure);
  }

  private long elapsed(long start) {
    return breaker.getCurrentTimestamp() - start;
  }

  /// Finds out whether Redis is back without a request that waits for it.
  private void startProbe() {
    if (!availability.isUp()) {
      Thread.ofVirtual().name("redis-probe").start(() -> call(this::probe));
    }
  }

  /// Writes, because a full Redis and a replica answer a read.
  private String probe(JedisPooled redis) {
    return redis.setex(PROBE_KEY, PROBE_SECONDS, "");
  }
}

package dev.minimalchat.gateway.limits;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// The limiters of recent clients: of a program by its API token, of a user whom a proxy has
/// authenticated by the name, of anybody else by the address. The cache is bounded, so that many
/// addresses cannot fill the memory; an evicted client starts with fresh limits.
///
/// The limiters are named for the log, by the variables that set them if there are any.
@Component
class ClientLimitsCache {
  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final int MAX_CLIENTS = 100_000;
  private static final int MAX_SLOW_BODIES = 4;
  private static final Duration EXPIRY = Duration.ofMinutes(10);

  private final Clients ids;
  private final LoadingCache<String, ClientLimits> clients;
  private final LoadingCache<ApiClient, ClientLimits> programs;

  ClientLimitsCache(Clients ids, LimitsProperties limits, ApiLimitsProperties apiLimits) {
    this.ids = ids;
    BulkheadConfig slowBodies = concurrent(MAX_SLOW_BODIES);
    RateLimiterConfig requests = requests(limits.ratePerMinute());
    BulkheadConfig streams = concurrent(limits.maxStreamsPerClient());
    this.clients =
        cache(id ->
            new ClientLimits(
                id,
                RateLimiter.of("RATE_LIMIT_PER_MINUTE", requests),
                RateLimiter.of("RATE_LIMIT_PER_MINUTE for reads", requests),
                Bulkhead.of("MAX_STREAMS_PER_CLIENT", streams),
                Bulkhead.of("the limit of slow bodies", slowBodies)));
    RateLimiterConfig apiRequests = requests(apiLimits.ratePerMinute());
    BulkheadConfig apiStreams = concurrent(apiLimits.maxStreams());
    this.programs =
        cache(program ->
            new ClientLimits(
                program.id(),
                RateLimiter.of("API_RATE_LIMIT_PER_MINUTE", apiRequests),
                RateLimiter.of("API_RATE_LIMIT_PER_MINUTE for reads", apiRequests),
                Bulkhead.of("API_MAX_STREAMS", apiStreams),
                Bulkhead.of("the limit of slow bodies", slowBodies)));
  }

  private static <K> LoadingCache<K, ClientLimits> cache(CacheLoader<K, ClientLimits> loader) {
    return Caffeine.newBuilder().maximumSize(MAX_CLIENTS).expireAfterAccess(EXPIRY).build(loader);
  }

  private static RateLimiterConfig requests(int perMinute) {
    return RateLimiterConfig.custom()
        .limitForPeriod(perMinute)
        .limitRefreshPeriod(PERIOD)
        .timeoutDuration(Duration.ZERO)
        .build();
  }

  private static BulkheadConfig concurrent(int max) {
    return BulkheadConfig.custom().maxConcurrentCalls(max).build();
  }

  ClientLimits of(HttpServletRequest request) {
    ApiClient program = ApiClient.of(request);
    return program == null ? clients.get(ids.idOf(request)) : programs.get(program);
  }

  long size() {
    clients.cleanUp();
    return clients.estimatedSize();
  }

  /// The limiters of one client.
  ///
  /// @param id as of [Clients]
  /// @param requests for answers
  /// @param reads of models and of answers that are resumed; as many as requests
  /// @param slowBodies concurrent ones; see [BodyTimeout]
  record ClientLimits(
      String id, RateLimiter requests, RateLimiter reads, Bulkhead streams, Bulkhead slowBodies) {}
}

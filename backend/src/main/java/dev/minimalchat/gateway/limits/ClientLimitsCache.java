package dev.minimalchat.gateway.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// The limiters of recent clients. The cache is bounded, so that many addresses cannot fill the
/// memory; an evicted client starts with fresh limits.
@Component
class ClientLimitsCache {
  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final int MAX_CLIENTS = 100_000;
  private static final Duration EXPIRY = Duration.ofMinutes(10);

  private final ClientAddresses addresses;
  private final LoadingCache<String, ClientLimits> clients;

  ClientLimitsCache(ClientAddresses addresses, LimitsProperties limits) {
    this.addresses = addresses;
    RateLimiterConfig requests =
        RateLimiterConfig.custom()
            .limitForPeriod(limits.ratePerMinute())
            .limitRefreshPeriod(PERIOD)
            .timeoutDuration(Duration.ZERO)
            .build();
    BulkheadConfig streams =
        BulkheadConfig.custom().maxConcurrentCalls(limits.maxStreamsPerClient()).build();
    this.clients =
        Caffeine.newBuilder()
            .maximumSize(MAX_CLIENTS)
            .expireAfterAccess(EXPIRY)
            .build(name ->
                new ClientLimits(
                    RateLimiter.of("client", requests), Bulkhead.of("client", streams)));
  }

  ClientLimits of(HttpServletRequest request) {
    return clients.get(addresses.of(request));
  }

  long size() {
    clients.cleanUp();
    return clients.estimatedSize();
  }

  /// The limiters of one client.
  record ClientLimits(RateLimiter requests, Bulkhead streams) {}
}

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

/// The clients seen of late. The table is bounded and forgets, so that no crowd of addresses can
/// fill the memory; a client that is forgotten starts with a full share.
@Component
class Clients {
  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final int MOST = 100_000;
  private static final Duration MEMORY = Duration.ofMinutes(10);

  private final ClientAddresses addresses;
  private final LoadingCache<String, Client> clients;

  Clients(ClientAddresses addresses, LimitsProperties limits) {
    this.addresses = addresses;
    RateLimiterConfig requests =
        RateLimiterConfig.custom()
            .limitForPeriod(limits.ratePerMinute())
            .limitRefreshPeriod(PERIOD)
            .timeoutDuration(Duration.ZERO)
            .build();
    BulkheadConfig streams =
        BulkheadConfig.custom()
            .maxConcurrentCalls(limits.maxStreamsPerClient())
            .maxWaitDuration(Duration.ZERO)
            .build();
    this.clients =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(MEMORY)
            .build(name ->
                new Client(RateLimiter.of("client", requests), Bulkhead.of("client", streams)));
  }

  Client of(HttpServletRequest request) {
    return clients.get(addresses.of(request));
  }

  /// How many are remembered.
  long count() {
    clients.cleanUp();
    return clients.estimatedSize();
  }
}

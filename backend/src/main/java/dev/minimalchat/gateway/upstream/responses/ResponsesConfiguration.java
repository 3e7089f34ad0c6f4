package dev.minimalchat.gateway.upstream.responses;

import dev.minimalchat.gateway.memory.MemoryBudget;
import dev.minimalchat.gateway.upstream.UpstreamFactory;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import java.time.Clock;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// The HTTP client for the provider.
///
/// Automatic retries, redirects (which would resend the API key), decompression and cookies are
/// disabled: retries belong to the `resilience` package, the rest is never wanted.
@Configuration(proxyBeanMethods = false)
class ResponsesConfiguration {
  /// Above any `MAX_STREAMS`, so that the pool never limits.
  private static final int MAX_CONNECTIONS = 100_000;

  /// A pooled connection that was idle for longer is checked before it is used.
  private static final TimeValue VALIDATE_AFTER_IDLE = TimeValue.ofMilliseconds(500);

  /// Closes what the provider has closed, or else it stays in CLOSE_WAIT. The client's evictor, one
  /// thread, looks as often as this.
  private static final TimeValue MAX_IDLE = TimeValue.ofSeconds(5);

  /// So that a connection does not outlive a change of the provider's address for long.
  private static final TimeValue MAX_AGE = TimeValue.ofMinutes(5);

  /// Of a header, and of the framing between two chunks.
  private static final int MAX_LINE_BYTES = 8 << 10;

  /// In a response, without trailers.
  private static final int MAX_HEADERS = 100;

  /// Allocated three times for each connection; larger than most events.
  private static final int BUFFER_BYTES = 2048;

  @Bean
  UpstreamFactory responsesUpstreams(
      CloseableHttpClient client,
      UpstreamProperties properties,
      MemoryBudget memory,
      ThreadPoolTaskScheduler timers,
      Clock clock) {
    return provider -> new ResponsesUpstream(client, provider, properties, memory, timers, clock);
  }

  @Bean
  CloseableHttpClient providerClient(UpstreamProperties properties, ProxyProperties proxies) {
    ProxyRoutes routes = new ProxyRoutes(proxies);
    Timeout connect = Timeout.of(properties.connectTimeout());
    Http1Config http =
        Http1Config.custom()
            .setBufferSize(BUFFER_BYTES)
            .setMaxLineLength(MAX_LINE_BYTES)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setConnectionFactory(new ConnectionFactory(http))
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setValidateAfterInactivity(VALIDATE_AFTER_IDLE)
                        .setTimeToLive(MAX_AGE)
                        .build())
                .build())
        .setRoutePlanner(routes)
        .setDefaultCredentialsProvider(routes)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(connect)
                .setResponseTimeout(Timeout.of(properties.totalTimeout()))
                .build())
        .evictExpiredConnections()
        .evictIdleConnections(MAX_IDLE)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .setUserAgent("minimal-chatbot")
        .build();
  }
}

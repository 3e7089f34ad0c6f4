package dev.minimalchat.gateway.upstream.openai;

import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;

/// Builds the one client that talks to the provider.
///
/// Whatever the client would decide for itself (to retry, to follow a redirect with the key in its
/// hand, to unzip, to keep cookies) is switched off: those decisions are made elsewhere or never.
@Configuration(proxyBeanMethods = false)
class ResponsesConfiguration {
  /// More than `MAX_STREAMS` may ever be: the pool is not what limits.
  private static final int UNLIMITED = 100_000;

  /// A connection that has rested this long is asked whether it still stands before it is used.
  private static final TimeValue TRUSTED_WHILE_IDLE = TimeValue.ofMilliseconds(500);

  /// Bytes, three times for each connection. Few events have more.
  private static final int BUFFER = 2048;

  @Bean
  CloseableHttpClient providerClient(UpstreamProperties properties) {
    Timeout connect = Timeout.of(properties.connectTimeout());
    Http1Config http = Http1Config.custom().setBufferSize(BUFFER).build();
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder()
                        .http1Config(http)
                        .responseParserFactory(JoinedChunks.parsers(http))
                        .build())
                .setMaxConnTotal(UNLIMITED)
                .setMaxConnPerRoute(UNLIMITED)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setValidateAfterInactivity(TRUSTED_WHILE_IDLE)
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(connect)
                .setResponseTimeout(Timeout.of(properties.totalTimeout()))
                .build())
        .addResponseInterceptorFirst(JoinedChunks::join)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .setUserAgent("minimal-chatbot")
        .build();
  }

  @Bean
  Upstream responsesUpstream(
      CloseableHttpClient client,
      Provider provider,
      UpstreamProperties properties,
      TaskScheduler scheduler) {
    return new ResponsesUpstream(client, provider, properties, scheduler);
  }
}

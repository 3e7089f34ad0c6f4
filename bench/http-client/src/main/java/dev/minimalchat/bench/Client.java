package dev.minimalchat.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.Timeout;

/// One of the clients compared: it reads an answer to its end and counts the line feeds, which is
/// enough work to be a reader and too little to be a parser. An event has three.
sealed interface Client {
  byte[] BODY = "{\"model\":\"m\",\"input\":\"hello\",\"stream\":true}".getBytes();

  Duration CONNECT = Duration.ofSeconds(5);

  void read(URI address, LongAdder lineFeeds) throws IOException, InterruptedException;

  static Map<String, Supplier<Client>> all() {
    Map<String, Supplier<Client>> all = new LinkedHashMap<>();
    all.put("java.net.http", () -> new Jdk(Jdk.build(CONNECT)));
    all.put("…, consumer", () -> new JdkConsumer(Jdk.build(CONNECT)));
    all.put("HttpClient 5", () -> new Apache(Apache.builder().build()));
    all.put("…, timed reads", () -> new Apache(Apache.timed(Duration.ofMinutes(5)).build()));
    all.put("HttpURLConnection", UrlConnection::new);
    return all;
  }

  private static void count(InputStream body, LongAdder lineFeeds) throws IOException {
    byte[] buffer = new byte[4096];
    for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
      count(buffer, length, lineFeeds);
    }
  }

  private static void count(byte[] bytes, int length, LongAdder lineFeeds) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += bytes[i] == '\n' ? 1 : 0;
    }
    lineFeeds.add(count);
  }

  /// `java.net.http`, its answer as an input stream.
  record Jdk(HttpClient client) implements Client {
    static HttpClient build(Duration connectTimeout) {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(connectTimeout)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
    }

    static HttpRequest.Builder request(URI address) {
      return HttpRequest.newBuilder(address)
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(BODY));
    }

    @Override
    public void read(URI address, LongAdder lineFeeds) throws IOException, InterruptedException {
      try (InputStream body =
          client.send(request(address).build(), BodyHandlers.ofInputStream()).body()) {
        count(body, lineFeeds);
      }
    }
  }

  /// `java.net.http`, its answer pushed to a consumer on the client's own executor.
  record JdkConsumer(HttpClient client) implements Client {
    @Override
    public void read(URI address, LongAdder lineFeeds) throws IOException, InterruptedException {
      client.send(
          Jdk.request(address).build(),
          BodyHandlers.ofByteArrayConsumer(
              part -> part.ifPresent(bytes -> count(bytes, bytes.length, lineFeeds))));
    }
  }

  /// Apache HttpClient 5, blocking, with whatever it would decide by itself switched off.
  record Apache(CloseableHttpClient client) implements Client {
    static HttpClientBuilder builder() {
      return HttpClients.custom()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                  .setMaxConnTotal(100_000)
                  .setMaxConnPerRoute(100_000)
                  .build())
          .disableAutomaticRetries()
          .disableRedirectHandling()
          .disableContentCompression()
          .disableCookieManagement()
          .disableAuthCaching()
          .disableConnectionState();
    }

    /// With a response timeout every read of the socket is a timed one.
    static HttpClientBuilder timed(Duration responseTimeout) {
      return builder()
          .setDefaultRequestConfig(
              RequestConfig.custom().setResponseTimeout(Timeout.of(responseTimeout)).build());
    }

    static HttpPost request(URI address) {
      HttpPost request = new HttpPost(address);
      request.setEntity(new ByteArrayEntity(BODY, ContentType.APPLICATION_JSON));
      return request;
    }

    @Override
    public void read(URI address, LongAdder lineFeeds) throws IOException {
      try (var answer = client.executeOpen(null, request(address), null)) {
        count(answer.getEntity().getContent(), lineFeeds);
      }
    }
  }

  /// What the JDK had first, as a third point of reference.
  record UrlConnection() implements Client {
    @Override
    public void read(URI address, LongAdder lineFeeds) throws IOException {
      var connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.getOutputStream().write(BODY);
      try (InputStream body = connection.getInputStream()) {
        count(body, lineFeeds);
      }
    }
  }
}

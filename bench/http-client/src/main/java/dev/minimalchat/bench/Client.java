package dev.minimalchat.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;

/// One of the clients compared: it reads an answer to its end and counts the events.
sealed interface Client {
  byte[] BODY = "{\"model\":\"m\",\"input\":\"hello\",\"stream\":true}".getBytes();

  long read(URI address) throws IOException, InterruptedException;

  /// Counts the line feeds in pairs: enough work to be a reader, too little to be a parser.
  static long events(InputStream body, byte[] buffer) throws IOException {
    long lineFeeds = 0;
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      for (int i = 0; i < count; i++) {
        lineFeeds += buffer[i] == '\n' ? 1 : 0;
      }
    }
    return lineFeeds / 3;
  }

  /// `java.net.http`, its answer as an input stream.
  record Jdk(HttpClient client) implements Client {
    Jdk() {
      this(
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .build());
    }

    @Override
    public long read(URI address) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
              .build();
      try (InputStream body =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
        return events(body, new byte[4096]);
      }
    }
  }

  /// Apache HttpClient 5, blocking, set up as the gateway sets it up.
  record Apache(CloseableHttpClient client) implements Client {
    Apache() {
      this(
          HttpClients.custom()
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
              .disableConnectionState()
              .build());
    }

    @Override
    public long read(URI address) throws IOException {
      HttpPost request = new HttpPost(address);
      request.setEntity(new ByteArrayEntity(BODY, ContentType.APPLICATION_JSON));
      try (var answer = client.executeOpen(null, request, null)) {
        return events(answer.getEntity().getContent(), new byte[4096]);
      }
    }
  }
}

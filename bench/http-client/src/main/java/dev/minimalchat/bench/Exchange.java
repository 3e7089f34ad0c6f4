package dev.minimalchat.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;

/// One request that is read in one thread and ended by another.
interface Exchange {
  void read(URI address) throws Exception;

  void abort();

  final class Jdk implements Exchange {
    private final HttpClient client;
    private final Duration timeout;
    private final CompletableFuture<CompletableFuture<HttpResponse<InputStream>>> answer =
        new CompletableFuture<>();

    Jdk(HttpClient client, Duration timeout) {
      this.client = client;
      this.timeout = timeout;
    }

    @Override
    public void read(URI address) throws Exception {
      var request = Client.Jdk.request(address);
      if (timeout != null) {
        request.timeout(timeout);
      }
      answer.complete(client.sendAsync(request.build(), BodyHandlers.ofInputStream()));
      try (InputStream body = answer.get().get().body()) {
        body.transferTo(OutputStream.nullOutputStream());
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }

    /// The answer is either still to come or has a body to close.
    @Override
    public void abort() {
      if (!answer.join().cancel(true)) {
        try {
          answer.join().join().body().close();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  final class Apache implements Exchange {
    private final CloseableHttpClient client;
    private final boolean bodyOnly;
    private final CompletableFuture<HttpPost> request = new CompletableFuture<>();
    private final CompletableFuture<InputStream> body = new CompletableFuture<>();

    Apache(CloseableHttpClient client, boolean bodyOnly) {
      this.client = client;
      this.bodyOnly = bodyOnly;
    }

    @Override
    public void read(URI address) throws Exception {
      HttpPost post = Client.Apache.request(address);
      request.complete(post);
      try (ClassicHttpResponse answer = client.executeOpen(null, post, null)) {
        body.complete(answer.getEntity().getContent());
        body.join().transferTo(OutputStream.nullOutputStream());
      }
    }

    @Override
    public void abort() {
      if (!bodyOnly) {
        request.join().abort();
        return;
      }
      try {
        body.join().close();
      } catch (IOException e) {
        // It is the reader whose end is of interest.
      }
    }
  }
}

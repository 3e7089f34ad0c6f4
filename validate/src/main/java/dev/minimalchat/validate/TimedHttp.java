package dev.minimalchat.validate;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends requests and waits for their responses for a limited time. The timeout of `java.net.http`
/// ends with the headers, so that a body could take for ever.
///
/// @param limit for the response with its body; for the headers, if the body is a stream
record TimedHttp(HttpClient client, Duration limit) {

  /// Over HTTP/1.1, as proxies speak it.
  static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10));
  }

  <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> response = client.sendAsync(request, body);
    try {
      return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw cause instanceof IOException io
          ? io
          : new IOException(cause.getClass().getSimpleName());
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no complete response within " + limit.toSeconds() + " s");
    } finally {
      response.cancel(true);
    }
  }
}

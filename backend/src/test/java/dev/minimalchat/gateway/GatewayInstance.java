package dev.minimalchat.gateway;

import dev.minimalchat.gateway.upstream.SocketProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/// One of several gateways of a deployment, in the process of the test.
final class GatewayInstance implements AutoCloseable {
  static final String TOKEN = "token-canary-8d1f";
  static final String API_TOKEN = "api-token-canary-4e71";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ServletWebServerApplicationContext context;

  /// @param properties further ones, such as `minimalchat.redis.url=…`
  GatewayInstance(SocketProvider provider, Map<String, String> properties) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--minimalchat.access.token=" + TOKEN,
                "--minimalchat.api.tokens=laptop:" + API_TOKEN,
                "--minimalchat.upstream.api-key=key-canary-51c0",
                "--minimalchat.upstream.base=" + provider.base()));
    properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    context =
        (ServletWebServerApplicationContext)
            new SpringApplicationBuilder(GatewayApplication.class)
                .run(arguments.toArray(String[]::new));
  }

  /// Asks a question of the page.
  CompletableFuture<HttpResponse<String>> chat(String content, String address) {
    return post("/v1/chat", TOKEN, SocketClient.body(content), address);
  }

  /// Sends a body that is invalid, and therefore free, but counts.
  HttpResponse<String> countedRequest(String path, String token, String address) {
    return post(path, token, "{}", address).join();
  }

  private CompletableFuture<HttpResponse<String>> post(
      String path, String token, String body, String address) {
    int port = context.getWebServer().getPort();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", address)
            .POST(BodyPublishers.ofString(body))
            .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString());
  }

  int port() {
    return context.getWebServer().getPort();
  }

  double gauge(String name) {
    return context.getBean(MeterRegistry.class).get(name).gauge().value();
  }

  /// The web server's context, for its beans.
  ServletWebServerApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
  }
}

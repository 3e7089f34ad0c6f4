package dev.minimalchat.gateway;

import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.upstream.SocketProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The whole gateway between a client and a provider, over real connections. Subclasses share one
/// application context unless they set properties.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "minimalchat.access.token=" + RunningGateway.TOKEN,
      "minimalchat.upstream.api-key=" + RunningGateway.KEY,
      "minimalchat.limits.rate-per-minute=10000",
      "minimalchat.limits.max-streams-per-client=500"
    })
@AutoConfigureObservability(tracing = false)
abstract class RunningGateway {
  static final String TOKEN = "token-canary-8d1f";
  static final String KEY = "key-canary-51c0";
  static final SocketProvider PROVIDER = new SocketProvider();

  private final HttpClient http = HttpClient.newHttpClient();

  @Autowired MeterRegistry meters;
  @LocalServerPort int port;
  @LocalManagementPort int managementPort;

  @DynamicPropertySource
  static void provider(DynamicPropertyRegistry properties) {
    properties.add("minimalchat.upstream.base", PROVIDER::base);
  }

  @BeforeEach
  void discardEarlierCalls() {
    PROVIDER.discardRequests();
  }

  @AfterEach
  void awaitNoActiveStreams() {
    await().atMost(TestTimeouts.LIMIT).until(() -> activeStreams() == 0);
  }

  /// The gauge of active streams.
  int activeStreams() {
    return (int) meters.get("gateway.streams.active").gauge().value();
  }

  /// The Prometheus endpoint on the management port.
  String metrics() throws Exception {
    return get(managementPort, "/actuator/prometheus").body();
  }

  CompletableFuture<HttpResponse<String>> chat(String content) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(SocketClient.body(content)))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(int targetPort, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + targetPort + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}

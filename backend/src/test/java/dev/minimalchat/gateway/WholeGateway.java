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

/// The whole gateway between a browser and a provider, over real connections. Tests that stand on
/// it share one application, unless they set properties of their own.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "access.token=" + WholeGateway.TOKEN,
      "upstream.api-key=" + WholeGateway.KEY,
      "limits.rate-per-minute=10000",
      "limits.max-streams-per-client=500"
    })
@AutoConfigureObservability(tracing = false)
abstract class WholeGateway {
  static final String TOKEN = "token-canary-8d1f";
  static final String KEY = "key-canary-51c0";
  static final SocketProvider PROVIDER = new SocketProvider();

  private final HttpClient http = HttpClient.newHttpClient();

  @Autowired MeterRegistry meters;
  @LocalServerPort int port;
  @LocalManagementPort int managementPort;

  @DynamicPropertySource
  static void provider(DynamicPropertyRegistry properties) {
    properties.add("upstream.base", PROVIDER::base);
  }

  @BeforeEach
  void forgetEarlierCalls() {
    PROVIDER.forget();
  }

  @AfterEach
  void leaveNothingRunning() {
    await().atMost(TestTimeouts.LIMIT).until(() -> running() == 0);
  }

  /// How many answers the gateway believes to be running.
  int running() {
    return (int) meters.get("gateway.streams.active").gauge().value();
  }

  /// What operators read on the port of their own.
  String metrics() throws Exception {
    return get(managementPort, "/actuator/prometheus").body();
  }

  CompletableFuture<HttpResponse<String>> chat(String content) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Browser.body(content)))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(int where, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + where + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}

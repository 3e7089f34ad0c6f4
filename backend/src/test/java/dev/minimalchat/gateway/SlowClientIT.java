package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/// Slow clients occupy the gateway no longer than the configured timeouts.
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "server.tomcat.connection-timeout=2s")
class SlowClientIT extends RunningGateway {
  private static final int BYTES_PER_MEGABYTE = 1 << 20;
  private static final String DELTA = "x".repeat(BYTES_PER_MEGABYTE);
  private static final int MAX_DELTAS = 200;
  private static final int MAX_SLOW_BODIES = 4;

  @Test
  void closesTheConnectionWhenTheHeadersAreTooSlow() throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      client.send("POST /v1/chat HTTP/1.1\r\nHost: gateway\r\nX-Slow");

      assertThat(client.readToTheEnd()).doesNotContain("200");
    }
  }

  @Test
  void rejectsARequestWhoseBodyIsTooSlow() throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      client.send(SocketClient.head(1000) + "{\"messages\":");

      assertThat(client.readToTheEnd()).startsWith("HTTP/1.1 400").contains("invalid_request");
    }
  }

  /// Each byte comes in time for a read, but the bodies take longer than five seconds.
  @Test
  void limitsTheBodiesOfAClientThatArriveByteByByte() throws Exception {
    List<SocketClient> clients = new ArrayList<>();
    for (int i = 0; i < MAX_SLOW_BODIES + 1; i++) {
      clients.add(new SocketClient(port));
      clients.get(i).send(SocketClient.head(1000) + "{");
    }

    for (int i = 0; i < 5; i++) {
      Thread.sleep(Duration.ofMillis(1100));
      for (SocketClient client : clients) {
        client.send(" ");
      }
    }

    List<String> statuses = new ArrayList<>();
    for (SocketClient client : clients) {
      statuses.add(client.readToTheEnd().substring(0, "HTTP/1.1 429".length()));
    }
    assertThat(statuses).containsOnlyOnce("HTTP/1.1 429").contains("HTTP/1.1 400");
  }

  /// Backpressure: the gateway reads from the provider only as fast as the client reads.
  @Test
  void closesTheUpstreamWithoutBufferingTheAnswerWhenTheClientDoesNotRead(CapturedOutput output)
      throws Exception {
    try (SocketClient client = SocketClient.connectAndPost(port, "Hello")) {
      Call call = PROVIDER.take();
      call.openStream();
      AtomicLong megabytes = new AtomicLong();
      Thread.startVirtualThread(() -> {
        while (megabytes.incrementAndGet() < MAX_DELTAS) {
          call.delta(DELTA);
        }
      });

      call.awaitDisconnect();

      assertThat(megabytes.get()).as("megabytes taken from the provider").isLessThan(50);
      awaitNoActiveStreams();
      assertThat(output).contains("\"outcome\":\"client_closed\"");
      assertThat(client).isNotNull();
    }
  }
}

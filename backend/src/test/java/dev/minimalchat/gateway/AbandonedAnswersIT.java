package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// Clients that start answers, leave after the first words, and never come back.
@TestPropertySource(
    properties = {
      "minimalchat.resume.grace=500ms",
      "minimalchat.resume.ttl=500ms",
      "minimalchat.limits.rate-per-minute=1000000"
    })
@DirtiesContext
class AbandonedAnswersIT extends RunningGateway {
  /// `-DabandonedAnswers=10000` for the whole trial, which takes a minute.
  private static final int ANSWERS = Integer.getInteger("abandonedAnswers", 1000);

  private static final int AT_ONCE = 100;
  private static final long MAX_GROWTH_BYTES = 8 << 20;
  private static final Duration DELTA_INTERVAL = Duration.ofMillis(20);

  private final Thread server = Thread.startVirtualThread(AbandonedAnswersIT::serve);

  /// The provider is also that of the next test class.
  @AfterEach
  void stopServing() throws InterruptedException {
    server.interrupt();
    server.join();
  }

  @Test
  void leaveNothingBehind() throws Exception {
    abandon(AT_ONCE);
    awaitNothingIsKept();
    long before = usedHeap();

    abandon(ANSWERS);
    awaitNothingIsKept();

    assertThat(usedHeap()).isLessThan(before + MAX_GROWTH_BYTES);
    assertThat(gauge("gateway.memory.reserved")).isZero();
  }

  private void abandon(int count) throws Exception {
    Semaphore running = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients =
          IntStream.range(0, count)
              .mapToObj(number ->
                  threads.submit(() -> {
                    running.acquire();
                    try {
                      leaveAfterTheFirstWord("%022d".formatted(number));
                    } finally {
                      running.release();
                    }
                    return true;
                  }))
              .toList();
      for (var client : clients) {
        assertThat(client.get()).isTrue();
      }
    }
  }

  private void leaveAfterTheFirstWord(String key) throws IOException {
    String body = SocketClient.body("Hello");
    try (SocketClient client = new SocketClient(port)) {
      client.send(
          SocketClient.head(body.length())
                  .replace("Host:", "Resume-Key: " + key + System.nanoTime() + "\r\nHost:")
              + body);
      client.readUntil("\"delta\"");
      client.reset();
    }
  }

  private void awaitNothingIsKept() {
    await().atMost(TestTimeouts.LIMIT).until(() -> activeStreams() == 0);
    await().atMost(TestTimeouts.LIMIT).until(() -> gauge("gateway.resume.answers") == 0);
    assertThat(gauge("gateway.resume.memory")).isZero();
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /// Answers each request until the gateway closes the connection.
  private static void serve() {
    try {
      while (true) {
        Call call = PROVIDER.take();
        Thread.startVirtualThread(() -> stream(call));
      }
    } catch (AssertionError e) {
      // Interrupted at the end of the test.
    }
  }

  private static void stream(Call call) {
    call.openStream();
    while (!call.isDisconnected()) {
      call.delta("word");
      try {
        Thread.sleep(DELTA_INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}

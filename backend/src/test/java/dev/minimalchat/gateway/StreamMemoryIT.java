package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The heap that running streams occupy.
class StreamMemoryIT extends RunningGateway {
  private static final int STREAMS = 20;
  private static final int ANSWERS = 100;
  private static final String LONG_QUESTION = "x".repeat(500_000);

  private final List<SocketClient> clients = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();

  /// The provider of this test retains each question once.
  @Test
  void releasesTheQuestionAfterTheFirstDelta() throws Exception {
    startStream(LONG_QUESTION);
    long before = usedHeapBytes();

    for (int i = 0; i < STREAMS; i++) {
      startStream(LONG_QUESTION);
    }

    double questions = (double) (usedHeapBytes() - before) / LONG_QUESTION.length();
    assertThat(questions / STREAMS).as("retained copies of each question").isBetween(0.9, 1.6);
    for (SocketClient client : clients) {
      client.close();
    }
  }

  @Test
  void keepsNothingOfAnAnswerThatHasEndedButItsStoredText() throws Exception {
    answerWithResumeKeys(ANSWERS);
    Map<String, Long> before = HeapHistogram.instances();

    answerWithResumeKeys(ANSWERS);

    assertThat(HeapHistogram.instances().entrySet())
        .filteredOn(type -> type.getValue() - before.getOrDefault(type.getKey(), 0L) >= ANSWERS / 2)
        .as("classes of which each answer keeps an instance")
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "resume.StoredAnswer",
            "resume.AnswerText",
            "resume.AnswerWork",
            "resume.AnswerMemory",
            "resume.ResumeKey",
            "upstream.UpstreamEvent$Completed",
            "memory.MemoryBudget$Reservation");
  }

  private void answerWithResumeKeys(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      try (EventReader client = EventReader.post(port, EventReader.newKey(), WordAnswer.QUESTION)) {
        WordAnswer.send(PROVIDER.take());
        client.rest();
      }
    }
    await().atMost(TestTimeouts.LIMIT).until(() -> activeStreams() == 0);
  }

  private void startStream(String question) throws Exception {
    SocketClient client = SocketClient.connectAndPost(port, question);
    clients.add(client);
    Call call = PROVIDER.take();
    calls.add(call);
    call.openStream();
    call.delta("Hello");
    client.readUntil("Hello");
  }

  /// Waits until the heap is still: what earlier tests have left may be released late.
  private static long usedHeapBytes() {
    AtomicLong used = new AtomicLong(collectedHeapBytes());
    await()
        .atMost(TestTimeouts.LIMIT)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> Math.abs(used.get() - used.updateAndGet(_ -> collectedHeapBytes())) < 500_000);
    return used.get();
  }

  private static long collectedHeapBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}

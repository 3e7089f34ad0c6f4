package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.errors.ReportedFailure;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/// A client disconnect, the upstream, a timer and a shutdown end an answer concurrently and in
/// every order; it ends exactly once.
class ChatStreamRaceTest {
  private static final int ROUNDS = 1000;
  private static final int SEEDS = 10;
  private static final int MAX_SPINS = 2000;
  private static final Pattern TERMINAL_EVENT =
      Pattern.compile("event: (error|response\\.completed)");

  /// The seed in the test name reproduces the order of the endings, not the thread scheduling.
  static List<Integer> seeds() {
    return IntStream.range(0, SEEDS).boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void endsOnceForEveryOrderOfConcurrentEndings(int seed) throws InterruptedException {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS / SEEDS; round++) {
      ChatStreamFixture chat = new ChatStreamFixture();
      try {
        race(chat, random);
        assertEndedOnce(chat);
      } finally {
        chat.close();
      }
    }
  }

  private static void race(ChatStreamFixture chat, Random random) throws InterruptedException {
    List<Runnable> endings =
        new ArrayList<>(
            List.of(
                random.nextBoolean()
                    ? chat.emitter::disconnects
                    : chat.emitter::disconnectsUnnoticed,
                () -> chat.upstream.emits(new TextDelta("b"), new Completed(null)),
                () -> chat.upstream.fails(new Failure(ErrorCode.TIMEOUT, "no event in time")),
                chat.limiter::stop,
                () -> chat.timers.advance(Duration.ofSeconds(10)),
                () -> awaitFirstEvent(chat)));
    Collections.shuffle(endings, random);
    if (random.nextBoolean()) {
      chat.upstream.emits(new TextDelta("a"));
    }
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (Runnable ending : endings) {
      int spins = random.nextInt(MAX_SPINS);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                awaitAndSpin(start, spins);
                ending.run();
              }));
    }
    chat.start();
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    chat.awaitFinished();
  }

  private static void assertEndedOnce(ChatStreamFixture chat) {
    assertThat(chat.usage.lines()).as("usage lines").hasSize(1);
    assertThat(chat.limiter.activeStreams()).as("active streams").isZero();
    assertThat(chat.upstream.isClosed()).as("upstream closed").isTrue();
    assertThat(chat.emitter.isCompleted() || chat.emitter.isDisconnected())
        .as("emitter ended")
        .isTrue();
    String sent = String.join("", chat.emitter.remainingChunks());
    List<String> terminals =
        TERMINAL_EVENT.matcher(sent).results().map(terminal -> terminal.group()).toList();
    assertThat(terminals).as("terminal events in: %s", sent).hasSizeLessThanOrEqualTo(1);
    terminals.forEach(
        terminal -> assertThat(sent.lastIndexOf("event: ")).isEqualTo(sent.indexOf(terminal)));
  }

  /// Waits for the first event, as the controller does.
  private static void awaitFirstEvent(ChatStreamFixture chat) {
    try {
      chat.awaitFirstEvent();
    } catch (ReportedFailure | AsyncRequestNotUsableException _) {
      // The controller then sends an HTTP error, or no response.
    }
  }

  private static void awaitAndSpin(CountDownLatch start, int spins) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < spins; i++) {
      Thread.onSpinWait();
    }
  }
}

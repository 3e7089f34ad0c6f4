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

/// Browser, provider, clock and shutdown end an answer in any order and at once: it still ends
/// once.
class ChatStreamRaceTest {
  private static final int ROUNDS = 1000;
  private static final int SEEDS = 10;
  private static final int LONGEST_HESITATION = 2000;
  private static final Pattern LAST_EVENT = Pattern.compile("event: (error|response\\.completed)");

  /// A failure names the seed, which repeats the order of the ends though not the threads' luck.
  static List<Integer> seeds() {
    return IntStream.range(0, SEEDS).boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void endsOnceWhoeverComesFirst(int seed) throws InterruptedException {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS / SEEDS; round++) {
      RunningChat chat = new RunningChat();
      try {
        race(chat, random);
        assertEndedOnce(chat);
      } finally {
        chat.end();
      }
    }
  }

  private static void race(RunningChat chat, Random random) throws InterruptedException {
    List<Runnable> ends =
        new ArrayList<>(
            List.of(
                random.nextBoolean() ? chat.browser::leaves : chat.browser::leavesSilently,
                () -> chat.upstream.says(new TextDelta("b"), new Completed(null)),
                () -> chat.upstream.fails(new Failure(ErrorCode.TIMEOUT, "silent")),
                chat.running::stop,
                () -> chat.timers.advance(Duration.ofSeconds(10)),
                () -> begin(chat)));
    Collections.shuffle(ends, random);
    if (random.nextBoolean()) {
      chat.upstream.says(new TextDelta("a"));
    }
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (Runnable end : ends) {
      int hesitation = random.nextInt(LONGEST_HESITATION);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                awaitAndHesitate(start, hesitation);
                end.run();
              }));
    }
    chat.start();
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    chat.awaitEnd();
  }

  private static void assertEndedOnce(RunningChat chat) {
    assertThat(chat.usage.lines()).as("usage lines").hasSize(1);
    assertThat(chat.running.count()).as("permits out").isZero();
    assertThat(chat.upstream.isClosed()).as("upstream closed").isTrue();
    assertThat(chat.browser.isCompleted() || chat.browser.isGone()).as("emitter ended").isTrue();
    String sent = String.join("", chat.browser.rest());
    List<String> lasts = LAST_EVENT.matcher(sent).results().map(last -> last.group()).toList();
    assertThat(lasts).as("last events in: %s", sent).hasSizeLessThanOrEqualTo(1);
    lasts.forEach(last -> assertThat(sent.lastIndexOf("event: ")).isEqualTo(sent.indexOf(last)));
  }

  /// What the controller does meanwhile.
  private static void begin(RunningChat chat) {
    try {
      chat.begin();
    } catch (ReportedFailure | AsyncRequestNotUsableException _) {
      // It then answers with a status, or nobody.
    }
  }

  private static void awaitAndHesitate(CountDownLatch start, int hesitation) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < hesitation; i++) {
      Thread.onSpinWait();
    }
  }
}

package dev.minimalchat.gateway.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.memory.MemoryBudget;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.Citation;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/// Random orders of what can happen to an answer, compared with a model of it: what a client has
/// after each step is the beginning of what the provider has sent, nothing is left when it is over,
/// and the provider is stopped exactly where the rules say so.
class StoredAnswerModelTest {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration TTL = Duration.ofMinutes(2);
  private static final int STEPS = 60;

  private final Random random = new Random();
  private final FakeScheduler timers = new FakeScheduler();
  private final AtomicLong used = new AtomicLong();
  private final AtomicInteger removals = new AtomicInteger();
  private final CountDownLatch abandoned = new CountDownLatch(1);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MemoryBudget memory = new MemoryBudget(1 << 20, meters);
  private final StoredAnswer answer = answer();

  // The model.
  private final StringBuilder sent = new StringBuilder();
  private final List<UpstreamEvent> work = new ArrayList<>();
  private RecordingReader client = new RecordingReader();
  private boolean isAttached;
  private boolean isEnded;
  private boolean isAbandoned;
  private Duration unread = Duration.ZERO;
  private Duration sinceEnd = Duration.ZERO;

  static IntStream seeds() {
    return IntStream.range(0, 1000);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyOrderOfEventsKeepsTheAnswer(int seed) throws Exception {
    random.setSeed(seed);
    attach();
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(14)) {
        case 0, 1, 2, 3 -> delta();
        case 4 -> restart();
        case 5 -> detach();
        case 6, 7 -> attach();
        case 8 -> client.read(answer);
        case 9 -> pass(Duration.ofSeconds(random.nextInt(30)));
        case 10 -> attachFromAnEarlierEvent();
        case 11, 12 -> work();
        default -> maybeEnd();
      }
      verify();
    }
    finish();
  }

  private void work() {
    UpstreamEvent event =
        switch (random.nextInt(4)) {
          case 0 -> new UpstreamEvent.ReasoningSummary(random.nextInt(3), "s" + work.size());
          case 1 -> new UpstreamEvent.ReasoningText(random.nextInt(3), "漢");
          case 2 -> new UpstreamEvent.WebSearch(work.size(), "query", null);
          default -> new UpstreamEvent.Annotation(new Citation.File("f" + work.size()));
        };
    if (answer.add(event)) {
      work.add(event);
    }
  }

  private void delta() {
    String delta = "d" + sent.length() + (random.nextInt(5) == 0 ? "漢" : " ");
    boolean accepted = answer.add(new UpstreamEvent.TextDelta(delta));
    assertThat(accepted).isEqualTo(!isEnded);
    if (accepted) {
      sent.append(delta);
    }
  }

  private void restart() {
    if (random.nextInt(8) == 0 && answer.add(new UpstreamEvent.Restarted("r2", "m2"))) {
      sent.setLength(0);
      work.clear();
    }
  }

  private void detach() {
    if (isAttached) {
      assertThat(answer.detach(client)).isEqualTo(!isEnded);
      isAttached = false;
      unread = Duration.ZERO;
    }
  }

  /// The same client comes back with the number that it has.
  private void attach() {
    if (removals.get() > 0) {
      return;
    }
    RecordingReader next = new RecordingReader();
    next.text.append(client.text);
    next.work.addAll(client.work);
    next.after = client.after;
    assertThat(answer.attach(next, next.after)).isTrue();
    assertThat(client.replaced).isEqualTo(isAttached);
    client = next;
    isAttached = true;
  }

  private void attachFromAnEarlierEvent() {
    if (removals.get() == 0) {
      client.text.setLength(0);
      client.work.clear();
      client.after = -1;
      attach();
    }
  }

  private void maybeEnd() {
    switch (random.nextInt(6)) {
      case 0 -> {
        answer.add(new UpstreamEvent.Completed(null));
        isEnded = true;
      }
      case 1 -> {
        answer.cancel();
        isAbandoned |= !isEnded;
        isEnded = true;
      }
      case 2 -> {
        answer.fail(new Failure(ErrorCode.OVERLOADED, "shutting down"));
        isEnded = true;
      }
      default -> delta();
    }
  }

  private void pass(Duration time) {
    timers.advance(time);
    if (isEnded) {
      sinceEnd = sinceEnd.plus(time);
    } else if (!isAttached) {
      unread = unread.plus(time);
      if (unread.compareTo(GRACE) >= 0) {
        isEnded = true;
        isAbandoned = true;
        sinceEnd = unread.minus(GRACE);
      }
    }
  }

  private void verify() throws InterruptedException {
    boolean isRemoved = isEnded && sinceEnd.compareTo(TTL) >= 0;
    assertThat(removals.get()).isEqualTo(isRemoved ? 1 : 0);
    assertThat(answer.end() >= 0).isEqualTo(isEnded);
    if (isAbandoned) {
      assertThat(abandoned.await(10, TimeUnit.SECONDS)).isTrue();
    } else {
      assertThat(abandoned.getCount()).isEqualTo(1);
    }
    if (isAttached && !isRemoved) {
      client.read(answer);
      assertThat(client.text).hasToString(sent.toString());
      assertThat(client.work).isEqualTo(work);
      assertThat(client.ended).isEqualTo(isEnded);
    }
  }

  private void finish() {
    answer.add(new UpstreamEvent.Completed(null));
    isEnded = true;
    if (removals.get() == 0) {
      attach();
      client.read(answer);
      assertThat(client.text).hasToString(sent.toString());
      assertThat(client.work).isEqualTo(work);
      assertThat(client.after).isEqualTo(answer.end());
    }
    timers.advance(TTL);
    assertThat(removals).hasValue(1);
    assertThat(used).hasValue(0);
    assertThat(meters.get("gateway.memory.reserved").gauge().value()).isZero();
    assertThat(timers.pending()).isZero();
  }

  private StoredAnswer answer() {
    AnswerText text = new AnswerText("resp_own", "own-model");
    AnswerMemory part = new AnswerMemory(used, 1 << 20, memory.reserve(0));
    part.resize(text.bytes());
    StoredAnswer stored =
        new StoredAnswer(
            text,
            part,
            "hash",
            "request-1",
            new ResumeProperties(GRACE, TTL, DataSize.ofMegabytes(1)),
            timers,
            (_, _) -> removals.incrementAndGet());
    stored.onAbandon(abandoned::countDown);
    return stored;
  }
}

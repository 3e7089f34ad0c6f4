package dev.minimalchat.gateway.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.memory.MemoryBudget;
import dev.minimalchat.gateway.resume.AnswerSource.AnswerLostException;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class StoredAnswerTest {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration TTL = Duration.ofMinutes(2);
  private static final Duration ONE_MS = Duration.ofMillis(1);
  private static final Completed COMPLETED = new Completed(null);

  private final FakeScheduler timers = new FakeScheduler();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MemoryBudget memory = new MemoryBudget(1 << 20, meters);
  private final AtomicLong used = new AtomicLong();
  private final AtomicInteger removals = new AtomicInteger();
  private final CompletableFuture<Void> abandoned = new CompletableFuture<>();
  private final RecordingReader reader = new RecordingReader();
  private final StoredAnswer answer = answer(1 << 20);

  @Test
  void aReaderThatComesBackMissesNothing() {
    answer.attach(reader, -1);
    add("a", "b");
    reader.read(answer);
    assertThat(answer.detach(reader)).isTrue();
    add("c");

    RecordingReader again = new RecordingReader();
    again.after = reader.after;
    assertThat(answer.attach(again, reader.after)).isTrue();
    add("d");
    answer.add(COMPLETED);
    again.read(answer);

    assertThat(reader.text + "" + again.text).isEqualTo("abcd");
    assertThat(again.events).endsWith(COMPLETED);
    assertThat(again.after).isEqualTo(5).isEqualTo(answer.end());
    assertThat(again.ended).isTrue();
  }

  @Test
  void messagesAreParagraphsOfOneText() {
    answer.attach(reader, -1);
    answer.add(new UpstreamEvent.MessageStart("commentary", true));
    add("a");
    answer.add(new UpstreamEvent.MessageStart("final_answer", false));
    add("b");
    reader.read(answer);

    assertThat(reader.text.toString()).isEqualTo("a\n\nb");
  }

  @Test
  void keepsNothingOfItsConnectionsAfterTheEnd() {
    WeakReference<Runnable> action = endsWithAnAction();
    WeakReference<RecordingReader> last = endsForAReader();

    await()
        .atMost(TestTimeouts.LIMIT)
        .until(() -> {
          System.gc();
          return action.refersTo(null) && last.refersTo(null);
        });
    assertThat(answer.end()).isPositive();
  }

  private WeakReference<Runnable> endsWithAnAction() {
    CompletableFuture<Void> connection = new CompletableFuture<>();
    Runnable action = () -> connection.complete(null);
    answer.onAbandon(action);
    return new WeakReference<>(action);
  }

  private WeakReference<RecordingReader> endsForAReader() {
    RecordingReader last = new RecordingReader();
    answer.attach(last, -1);
    answer.add(COMPLETED);
    last.read(answer);
    answer.detach(last);
    return new WeakReference<>(last);
  }

  @Test
  void anAnswerThatHasEndedTakesNoMoreMemoryThanItsText() {
    add("a".repeat(1000));
    long running = used.get();
    answer.add(COMPLETED);

    assertThat(used.get()).isLessThan(running);
  }

  @Test
  void anAnswerThatWasCancelledFirstIsAbandonedAtOnce() throws Exception {
    answer.cancel();
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    answer.onAbandon(() -> stopped.complete(null));

    stopped.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void runsOnWithoutAReaderForTheGraceTime() {
    answer.attach(reader, -1);
    answer.detach(reader);

    timers.advance(GRACE.minus(ONE_MS));
    assertThat(answer.add(new TextDelta("a"))).isTrue();
    assertThat(abandoned).isNotDone();
  }

  @Test
  void endsWithARetryableFailureAfterTheGraceTime() throws Exception {
    answer.attach(reader, -1);
    add("a");
    answer.detach(reader);

    timers.advance(GRACE);

    abandoned.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    assertThat(answer.add(new TextDelta("late"))).isFalse();
    RecordingReader late = new RecordingReader();
    assertThat(answer.attach(late, -1)).isTrue();
    late.read(answer);
    assertThat(late.text).hasToString("a");
    assertThat(late.failure).returns(ErrorCode.TIMEOUT, Failure::code);
    assertThat(late.failure).returns(true, Failure::retryable);
    assertThat(late.after).isEqualTo(answer.end()).isEqualTo(2);
  }

  @Test
  void aReaderThatComesBackRenewsTheGraceTime() {
    answer.attach(reader, -1);
    for (int i = 0; i < 3; i++) {
      answer.detach(reader);
      timers.advance(GRACE.minus(ONE_MS));
      answer.attach(reader, -1);
    }
    timers.advance(GRACE);

    assertThat(abandoned).isNotDone();
    assertThat(answer.add(new TextDelta("a"))).isTrue();
  }

  @Test
  void anotherReaderReplacesTheFirst() throws Exception {
    RecordingReader other = new RecordingReader();
    answer.attach(reader, -1);
    answer.attach(other, -1);
    add("a");

    assertThat(reader.replaced).isTrue();
    assertThat(answer.await(reader, -1, TestTimeouts.LIMIT))
        .returns(true, AnswerEvents::isEmpty)
        .returns(true, AnswerEvents::isEnd);
    other.read(answer);
    assertThat(other.text).hasToString("a");
  }

  @Test
  void aReplacedReaderThatLeavesDoesNotStartTheGraceTime() {
    RecordingReader other = new RecordingReader();
    answer.attach(reader, -1);
    answer.attach(other, -1);

    assertThat(answer.detach(reader)).isTrue();
    timers.advance(GRACE);

    assertThat(abandoned).isNotDone();
  }

  @Test
  void wakesAWaitingReader() throws Exception {
    answer.attach(reader, -1);
    var next =
        CompletableFuture.supplyAsync(() -> {
          try {
            return answer.await(reader, -1, TestTimeouts.LIMIT);
          } catch (InterruptedException | AnswerLostException e) {
            throw new AssertionError(e);
          }
        });

    add("a");

    assertThat(next.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).isEmpty()).isFalse();
  }

  @Test
  void givesNothingWhenTheTimeIsOver() throws Exception {
    answer.attach(reader, -1);

    assertThat(answer.await(reader, -1, ONE_MS))
        .returns(true, AnswerEvents::isEmpty)
        .returns(false, AnswerEvents::isEnd);
  }

  @Test
  void cancellingEndsTheAnswerForItsReader() throws Exception {
    answer.attach(reader, -1);
    add("a");

    answer.cancel();

    abandoned.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    assertThat(reader.cancelled).isTrue();
    reader.read(answer);
    assertThat(reader.events).endsWith(new TextDelta("a"), AnswerSource.CANCELLED);
    assertThat(answer.add(COMPLETED)).isFalse();
    assertThat(answer.detach(reader)).isFalse();
  }

  @Test
  void cancellingAnEndedAnswerDoesNothing() {
    answer.attach(reader, -1);
    answer.add(COMPLETED);

    answer.cancel();

    assertThat(abandoned).isNotDone();
    reader.read(answer);
    assertThat(reader.events).endsWith(COMPLETED);
  }

  @Test
  void isKeptAfterItsEndForTheTimeToLive() {
    answer.add(COMPLETED);

    timers.advance(TTL.minus(ONE_MS));
    assertThat(removals).hasValue(0);
    timers.advance(ONE_MS);

    assertThat(removals).hasValue(1);
    assertThat(used).hasValue(0);
    assertThat(timers.pending()).isZero();
  }

  @Test
  void aFailureBeforeTheCommitFreesTheKeyAtOnce() {
    Failure failure = new Failure(ErrorCode.OVERLOADED, "busy");

    answer.reject(failure);

    assertThat(removals).hasValue(1);
    assertThat(used).hasValue(0);
    assertThat(timers.pending()).isZero();
    assertThatThrownBy(() -> answer.awaitStatus(Duration.ZERO)).isSameAs(failure);
  }

  @Test
  void aSecondRequestWaitsForTheStatusOfTheFirst() throws Exception {
    assertThat(answer.awaitStatus(ONE_MS)).isFalse();

    answer.commit();

    assertThat(answer.awaitStatus(ONE_MS)).isTrue();
  }

  @Test
  void anAnswerForWhichThereIsNoMemoryRunsOnWithoutItsText() throws Exception {
    StoredAnswer small = answer(4000);
    small.attach(reader, -1);
    small.add(new Created("r", "m"));
    assertThat(small.add(new TextDelta("x".repeat(3000)))).isTrue();
    assertThat(small.add(new TextDelta("y"))).isTrue();

    assertThat(used.get()).isLessThanOrEqualTo(4000);
    assertThatThrownBy(() -> small.await(reader, -1, ONE_MS))
        .isInstanceOf(AnswerLostException.class);
    RecordingReader late = new RecordingReader();
    assertThat(small.attach(late, 0)).isFalse();
    assertThat(small.attach(late, 1)).isTrue();
  }

  @Test
  void namesTheRequestThatStartedIt() {
    answer.add(new Created("resp_1", "model-1"));

    assertThat(answer.response())
        .isEqualTo(new AnswerSource.Response("resp_1", "model-1", "request-1"));
  }

  private void add(String... deltas) {
    for (String delta : deltas) {
      UpstreamEvent event = new TextDelta(delta);
      assertThat(answer.add(event)).isTrue();
    }
  }

  private StoredAnswer answer(long limit) {
    AnswerText text = new AnswerText("resp_own", "own-model");
    AnswerMemory part = new AnswerMemory(used, limit, memory.reserve(0));
    part.resize(text.bytes());
    StoredAnswer stored =
        new StoredAnswer(
            text,
            part,
            "hash",
            "request-1",
            new ResumeProperties(GRACE, TTL, DataSize.ofBytes(limit)),
            timers,
            (_, _) -> removals.incrementAndGet());
    stored.onAbandon(() -> abandoned.complete(null));
    return stored;
  }
}

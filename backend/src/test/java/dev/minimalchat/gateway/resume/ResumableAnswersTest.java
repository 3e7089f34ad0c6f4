package dev.minimalchat.gateway.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.memory.MemoryBudget;
import dev.minimalchat.gateway.resume.ResumableAnswers.Claim;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ResumableAnswersTest {
  private static final Duration TTL = Duration.ofMinutes(2);
  private static final ResumeKey KEY = key(1);

  private final FakeScheduler timers = new FakeScheduler();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MemoryBudget memory = new MemoryBudget(1 << 20, meters);
  private final ResumableAnswers answers = answers(Duration.ofSeconds(20), 1 << 20);

  @Test
  void findsAnAnswerUntilItsTimeToLiveIsOver() {
    StoredAnswer answer = (StoredAnswer) claim(KEY).answer();
    assertThat(answers.find(KEY)).contains(answer);

    answer.add(new UpstreamEvent.Completed(null));
    timers.advance(TTL.minusMillis(1));
    assertThat(answers.find(KEY)).contains(answer);
    timers.advance(Duration.ofMillis(1));

    assertThat(answers.find(KEY)).isEmpty();
    assertThat(gauge("gateway.resume.answers")).isZero();
    assertThat(gauge("gateway.resume.memory")).isZero();
    assertThat(gauge("gateway.memory.reserved")).isZero();
  }

  @Test
  void ofManyEqualRequestsAtOnceExactlyOneStartsTheAnswer() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Claim>> claims =
          IntStream.range(0, 200).<Callable<Claim>>mapToObj(_ -> () -> claim(KEY)).toList();

      long starts = 0;
      for (var claim : threads.invokeAll(claims)) {
        starts += claim.get().isNew() ? 1 : 0;
      }

      assertThat(starts).isEqualTo(1);
    }
    assertThat(gauge("gateway.resume.answers")).isEqualTo(1);
    answers.find(KEY).orElseThrow().cancel();
    timers.advance(TTL);
    assertThat(gauge("gateway.resume.memory")).isZero();
  }

  @Test
  void refusesTheKeyOfAnotherRequest() {
    claim(KEY);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> answers.claim(KEY, "other", "r", "resp", "model"))
        .returns(ErrorCode.RESUME_CONFLICT, Failure::code);
  }

  @Test
  void aRejectedAnswerFreesItsKeyForTheNextRequestOnly() {
    StoredAnswer first = (StoredAnswer) claim(KEY).answer();
    Failure failure = new Failure(ErrorCode.OVERLOADED, "busy");
    first.reject(failure);
    Claim second = claim(KEY);
    first.reject(failure);

    assertThat(second.isNew()).isTrue();
    assertThat(answers.find(KEY)).contains(second.answer());
  }

  @Test
  void anAnswerIsShareableOnceItsStatusIsDecidedUnlessThatIsAnError() {
    StoredAnswer answer = (StoredAnswer) claim(KEY).answer();
    answer.add(new UpstreamEvent.Created("r", "m"));
    assertThat(answer.isShareable()).isFalse();
    answer.commit();
    assertThat(answer.isShareable()).isTrue();

    StoredAnswer rejected = (StoredAnswer) claim(key(2)).answer();
    rejected.reject(new Failure(ErrorCode.OVERLOADED, "busy"));
    assertThat(rejected.isShareable()).isFalse();
  }

  @Test
  void anAnswerThatEndsWithoutAStatusIsShareable() {
    RecordingReader reader = new RecordingReader();
    StoredAnswer abandoned = (StoredAnswer) claim(KEY).answer();
    abandoned.attach(reader, -1);
    abandoned.detach(reader);

    timers.advance(Duration.ofSeconds(20));

    assertThat(abandoned.isShareable()).isTrue();
  }

  @Test
  void refusesARequestWhoseAnswerWasStoppedBeforeItArrived() {
    answers.cancel(KEY);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> claim(KEY))
        .returns(ErrorCode.RESUME_CONFLICT, Failure::code);
    assertThat(claim(key(2)).isNew()).isTrue();
  }

  /// The same request twice at once, while its key is looked up at the other instances.
  @Test
  void aRequestThatHasJoinedAnAnswerWhichIsNotGivenHereFails() {
    SharedAnswers unreachable = mock();
    ResumableAnswers sharing =
        new ResumableAnswers(
            new ResumeProperties(Duration.ofSeconds(20), TTL, DataSize.ofMegabytes(1)),
            memory,
            timers,
            unreachable,
            new SimpleMeterRegistry());
    AtomicReference<AnswerSource> joined = new AtomicReference<>();
    when(unreachable.claim(KEY, "hash"))
        .thenAnswer(_ -> {
          joined.set(sharing.claim(KEY, "hash", "r", "resp", "model").orElseThrow().answer());
          return SharedAnswers.Ownership.UNKNOWN;
        });

    assertThat(sharing.claim(KEY, "hash", "r", "resp", "model")).isEmpty();

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> joined.get().awaitStatus(Duration.ZERO))
        .returns(true, Failure::retryable);
    assertThat(joined.get().end()).isNotNegative();
    verify(unreachable, never()).release(any());
  }

  @Test
  void keepsNothingWhenThereIsNoMemory() {
    ResumableAnswers small = answers(Duration.ofSeconds(20), 4000);
    int kept = 0;
    for (int i = 0; i < 100; i++) {
      Optional<Claim> claim = small.claim(key(i), "hash", "r", "resp", "model");
      kept += claim.isPresent() ? 1 : 0;
    }

    assertThat(kept).isBetween(1, 4);
  }

  @Test
  void keepsNothingWhenItIsSwitchedOff() {
    ResumableAnswers off = answers(Duration.ZERO, 1 << 20);

    assertThat(off.claim(KEY, "hash", "r", "resp", "model")).isEmpty();
    off.cancel(KEY);
    assertThat(off.claim(KEY, "hash", "r", "resp", "model")).isEmpty();
    assertThat(off.find(KEY)).isEmpty();
  }

  private Claim claim(ResumeKey key) {
    return answers.claim(key, "hash", "r", "resp", "model").orElseThrow();
  }

  private ResumableAnswers answers(Duration grace, long memoryBytes) {
    return new ResumableAnswers(
        new ResumeProperties(grace, TTL, DataSize.ofBytes(memoryBytes)),
        memory,
        timers,
        SharedAnswers.NONE,
        grace.isZero() || memoryBytes < 1 << 20 ? new SimpleMeterRegistry() : meters);
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  private static ResumeKey key(int number) {
    return ResumeKey.parse("%022d".formatted(number));
  }
}

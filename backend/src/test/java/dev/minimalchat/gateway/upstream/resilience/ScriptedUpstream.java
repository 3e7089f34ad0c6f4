package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider that answers each ask with the next of its scripts: events, failures, or silence
/// until it is closed.
final class ScriptedUpstream implements Upstream {
  private final Queue<List<Object>> scripts = new ArrayDeque<>();
  private final List<Answer> answers = new ArrayList<>();

  /// Adds what the next ask is answered with; when it is used up the answer is silent.
  ScriptedUpstream answers(Object... eventsAndFailures) {
    scripts.add(Arrays.asList(eventsAndFailures));
    return this;
  }

  int timesAsked() {
    return (int) answers.stream().filter(answer -> answer.reads.get() > 0).count();
  }

  Answer answer(int number) {
    return answers.get(number);
  }

  @Override
  public Answer stream(UpstreamRequest request) {
    List<Object> script = scripts.isEmpty() ? List.of() : scripts.remove();
    Answer answer = new Answer(new ArrayDeque<>(script));
    answers.add(answer);
    return answer;
  }

  static final class Answer implements UpstreamStream {
    private final CountDownLatch silent = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger reads = new AtomicInteger();
    private final Queue<Object> script;

    private Answer(Queue<Object> script) {
      this.script = script;
    }

    @Override
    public UpstreamEvent next() {
      reads.incrementAndGet();
      return switch (script.poll()) {
        case UpstreamEvent event -> event;
        case Failure failure -> throw failure;
        case null, default -> throw silence();
      };
    }

    @Override
    public boolean ready() {
      return !script.isEmpty();
    }

    @Override
    public void close() {
      closed.countDown();
    }

    /// Waits until the reader has come to the end of the script.
    void awaitSilence() throws InterruptedException {
      assertThat(silent.await(TestTimeouts.SECONDS, TimeUnit.SECONDS)).as("silent").isTrue();
    }

    private Failure silence() {
      silent.countDown();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Failure(ErrorCode.PROVIDER_ERROR, "closed by the gateway");
    }
  }
}

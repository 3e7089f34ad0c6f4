package dev.minimalchat.gateway.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.memory.MemoryBudget;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/// A reader whose connection has died: a write to it blocks until its timeout.
class BlockedReaderTest {
  private final CompletableFuture<Void> write = new CompletableFuture<>();
  private final CompletableFuture<Void> abandoned = new CompletableFuture<>();
  private final StoredAnswer answer = answer();

  @Test
  @Timeout(TestTimeouts.SECONDS)
  void delaysNeitherTheNextReaderNorTheEndOfTheWork() {
    answer.onAbandon(() -> abandoned.complete(null));
    answer.attach(new BlockedReader(), -1);
    answer.add(new TextDelta("a"));

    assertThat(answer.attach(new BlockedReader(), -1)).isTrue();
    answer.cancel();

    assertThat(abandoned).isCompleted();
    write.complete(null);
  }

  private static StoredAnswer answer() {
    ResumeProperties settings =
        new ResumeProperties(
            Duration.ofSeconds(20), Duration.ofMinutes(2), DataSize.ofMegabytes(1));
    MemoryBudget memory = new MemoryBudget(1 << 20, new SimpleMeterRegistry());
    return new StoredAnswer(
        new AnswerText("resp_own", "own-model"),
        new AnswerMemory(new AtomicLong(), 1 << 20, memory.reserve(0)),
        "hash",
        "request-1",
        settings,
        new FakeScheduler(),
        (_, _) -> {});
  }

  private final class BlockedReader implements AnswerSource.Reader {
    @Override
    public void replaced() {
      write.join();
    }

    @Override
    public void cancelled() {
      write.join();
    }
  }
}

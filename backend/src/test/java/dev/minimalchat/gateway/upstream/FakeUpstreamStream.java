package dev.minimalchat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An answer whose events the test provides. Events of one [#emits] call arrive together; between
/// two calls the reader blocks.
public final class FakeUpstreamStream implements UpstreamStream {
  private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
  private final Queue<UpstreamEvent> available = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger reads = new AtomicInteger();
  private final BlockingQueue<Integer> waits = new LinkedBlockingQueue<>();

  public FakeUpstreamStream emits(UpstreamEvent... events) {
    steps.add(() -> available.addAll(List.of(events)));
    return this;
  }

  public FakeUpstreamStream fails(RuntimeException failure) {
    steps.add(() -> {
      throw failure;
    });
    return this;
  }

  public FakeUpstreamStream fails(Error error) {
    steps.add(() -> {
      throw error;
    });
    return this;
  }

  @Override
  public UpstreamEvent next() {
    UpstreamEvent event = available.poll();
    while (event == null) {
      waits.add(reads.incrementAndGet());
      await();
      event = available.poll();
    }
    return event;
  }

  private void await() {
    try {
      Runnable step = steps.poll(TestTimeouts.SECONDS, TimeUnit.SECONDS);
      if (step == null) {
        throw new AssertionError("no further event from the test");
      }
      step.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public boolean ready() {
    return !available.isEmpty();
  }

  @Override
  public void close() {
    closed.countDown();
    fails(new Failure(ErrorCode.PROVIDER_ERROR, "closed by the gateway"));
  }

  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  public void awaitClosed() throws InterruptedException {
    assertThat(closed.await(TestTimeouts.SECONDS, TimeUnit.SECONDS)).as("closed").isTrue();
  }

  /// Returns when the reader has consumed all events and waits for more.
  ///
  /// @param times how often it has waited by then; the first time is before the first event
  public void awaitReader(int times) throws InterruptedException {
    Integer seen = 0;
    while (seen != null && seen < times) {
      seen = waits.poll(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    }
    assertThat(seen).as("times the reader waited").isEqualTo(times);
  }
}

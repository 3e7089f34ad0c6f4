package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An answer that the test dictates. What is said together is here together; in between the reader
/// waits.
final class ScriptedStream implements UpstreamStream {
  private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
  private final Queue<UpstreamEvent> here = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger reads = new AtomicInteger();
  private final BlockingQueue<Integer> waits = new LinkedBlockingQueue<>();

  ScriptedStream says(UpstreamEvent... events) {
    steps.add(() -> here.addAll(List.of(events)));
    return this;
  }

  ScriptedStream fails(RuntimeException failure) {
    steps.add(() -> {
      throw failure;
    });
    return this;
  }

  @Override
  public UpstreamEvent next() {
    UpstreamEvent event = here.poll();
    while (event == null) {
      waits.add(reads.incrementAndGet());
      await();
      event = here.poll();
    }
    return event;
  }

  private void await() {
    try {
      Runnable step = steps.poll(TestTimeouts.SECONDS, TimeUnit.SECONDS);
      if (step == null) {
        throw new AssertionError("the test has said nothing more");
      }
      step.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public boolean ready() {
    return !here.isEmpty();
  }

  @Override
  public void close() {
    closed.countDown();
    fails(new Failure(ErrorCode.PROVIDER_ERROR, "closed by the gateway"));
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  void awaitClosed() throws InterruptedException {
    assertThat(closed.await(TestTimeouts.SECONDS, TimeUnit.SECONDS)).as("closed").isTrue();
  }

  /// Returns when the reader has consumed all that was said and waits for more.
  ///
  /// @param times how often it has waited by then, the first time before anything is said
  void awaitReader(int times) throws InterruptedException {
    Integer seen = 0;
    while (seen != null && seen < times) {
      seen = waits.poll(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    }
    assertThat(seen).as("times the reader waited").isEqualTo(times);
  }
}

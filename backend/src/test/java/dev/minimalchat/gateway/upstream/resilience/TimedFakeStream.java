package dev.minimalchat.gateway.upstream.resilience;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/// A stream whose events each advance the fake clock by a delay. It fails once it is closed.
final class TimedFakeStream implements UpstreamStream {
  private final FakeScheduler scheduler;
  private final Queue<Step> steps = new ArrayDeque<>();
  private int closeCount;

  TimedFakeStream(FakeScheduler scheduler) {
    this.scheduler = scheduler;
  }

  int closeCount() {
    return closeCount;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  int size() {
    return steps.size();
  }

  void emits(UpstreamEvent event, Duration delay) {
    steps.add(() -> {
      scheduler.advance(delay);
      if (closeCount > 0) {
        throw new Failure(ErrorCode.PROVIDER_ERROR, "closed by the gateway");
      }
      return event;
    });
  }

  void failsWith(Failure failure) {
    steps.add(() -> {
      throw failure;
    });
  }

  @Override
  public UpstreamEvent next() {
    return steps.remove().run();
  }

  @Override
  public boolean ready() {
    return !steps.isEmpty();
  }

  @Override
  public void close() {
    closeCount++;
  }

  private interface Step {
    UpstreamEvent run();
  }
}

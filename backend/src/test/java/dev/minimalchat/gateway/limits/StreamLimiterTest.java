package dev.minimalchat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.StreamLimiter.Permit;
import dev.minimalchat.gateway.memory.MemoryBudget;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class StreamLimiterTest {
  private static final int MAX_PER_CLIENT = 2;
  private static final int MAX_TOTAL = 3;
  private static final Duration LONG_DRAIN = Duration.ofMinutes(5);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakeScheduler timers = new FakeScheduler();
  private SharedStreams shared = SharedStreams.NONE;

  @Test
  void rejectsTheNextStreamOverTheClientsLimit() {
    StreamLimiter limiter = limiter(LONG_DRAIN);
    acquire(limiter, "a");
    acquire(limiter, "a");

    assertRejected(limiter, "a", ErrorCode.RATE_LIMITED);
    assertThat(activeStreams()).isEqualTo(MAX_PER_CLIENT);
  }

  @Test
  void rejectsTheNextStreamOverTheTotalLimit() {
    StreamLimiter limiter = limiter(LONG_DRAIN);
    acquire(limiter, "a");
    acquire(limiter, "b");
    acquire(limiter, "c");

    assertRejected(limiter, "d", ErrorCode.OVERLOADED);
    assertThat(activeStreams()).isEqualTo(MAX_TOTAL);
  }

  @Test
  void returnsTheClientsPermitWhenTheTotalLimitRejects() {
    StreamLimiter limiter = limiter(LONG_DRAIN);
    Permit other = acquire(limiter, "a");
    acquire(limiter, "a");
    acquire(limiter, "b");
    assertRejected(limiter, "b", ErrorCode.OVERLOADED);
    assertRejected(limiter, "b", ErrorCode.OVERLOADED);

    other.close();

    acquire(limiter, "b");
  }

  @Test
  void admitsTheNextStreamWhenAPermitIsReleased() {
    StreamLimiter limiter = limiter(LONG_DRAIN);
    Permit permit = acquire(limiter, "a");
    acquire(limiter, "a");

    permit.close();

    acquire(limiter, "a");
    assertRejected(limiter, "a", ErrorCode.RATE_LIMITED);
  }

  @Test
  void releasesAPermitOnceWhenClosedTwice() {
    StreamLimiter limiter = limiter(LONG_DRAIN);
    Permit permit = acquire(limiter, "a");
    acquire(limiter, "a");

    permit.close();
    permit.close();
    permit.close();

    acquire(limiter, "a");
    assertRejected(limiter, "a", ErrorCode.RATE_LIMITED);
  }

  @Test
  void aSharedLimitRejectsAndLeavesNothingAcquired() {
    shared = (client, max) -> client.equals("a") && max == MAX_PER_CLIENT ? null : () -> {};
    StreamLimiter limiter = limiter(LONG_DRAIN);
    for (int i = 0; i < 2 * MAX_TOTAL; i++) {
      assertRejected(limiter, "a", ErrorCode.RATE_LIMITED);
    }

    assertThat(activeStreams()).isZero();
    assertThat(meters.get("gateway.memory.reserved").gauge().value()).isZero();
    acquire(limiter, "b");
    acquire(limiter, "b");
    acquire(limiter, "c");
  }

  @Test
  void asksForNoLeaseOverItsOwnLimits() {
    List<String> leases = new ArrayList<>();
    shared =
        (client, _) -> {
          leases.add(client);
          return () -> {};
        };
    StreamLimiter limiter = limiter(LONG_DRAIN);
    acquire(limiter, "a");
    acquire(limiter, "a");
    assertRejected(limiter, "a", ErrorCode.RATE_LIMITED);
    acquire(limiter, "b");
    assertRejected(limiter, "c", ErrorCode.OVERLOADED);

    assertThat(leases).containsExactly("a", "a", "b");
  }

  @Test
  void closesTheLeaseOnceWithThePermit() {
    List<String> closed = new ArrayList<>();
    shared = (client, _) -> () -> closed.add(client);
    Permit permit = acquire(limiter(LONG_DRAIN), "a");
    assertThat(closed).isEmpty();

    permit.close();
    permit.close();

    assertThat(closed).containsExactly("a");
  }

  @Test
  void countsActiveStreams() {
    StreamLimiter limiter = limiter(LONG_DRAIN);
    Permit first = acquire(limiter, "a");
    Permit second = acquire(limiter, "b");
    assertThat(activeStreams()).isEqualTo(2);

    first.close();
    second.close();

    assertThat(activeStreams()).isZero();
  }

  @Test
  void rejectsNewStreamsWhileDraining() {
    StreamLimiter limiter = limiter(LONG_DRAIN);
    assertThat(limiter.isDraining()).isFalse();

    limiter.stop();

    assertThat(limiter.isDraining()).isTrue();
    assertRejected(limiter, "a", ErrorCode.OVERLOADED);
  }

  @Test
  void stopsImmediatelyWithoutActiveStreams() throws Exception {
    StreamLimiter limiter = limiter(LONG_DRAIN);
    CountDownLatch stopped = new CountDownLatch(1);

    limiter.stop(stopped::countDown);

    assertStopped(stopped);
    assertThat(limiter.isRunning()).isFalse();
  }

  @Test
  void stopsWhenTheLastStreamEnds() throws Exception {
    StreamLimiter limiter = limiter(LONG_DRAIN);
    Permit first = acquire(limiter, "a");
    Permit second = acquire(limiter, "b");
    List<String> cancelled = new ArrayList<>();
    first.onCancel(() -> cancelled.add("first"));
    second.onCancel(() -> cancelled.add("second"));
    CountDownLatch stopped = new CountDownLatch(1);

    limiter.stop(stopped::countDown);
    first.close();
    assertThat(stopped.getCount()).isOne();
    second.close();

    assertStopped(stopped);
    assertThat(cancelled).isEmpty();
  }

  @Test
  void cancelsStreamsThatExceedTheDrainTime() throws Exception {
    StreamLimiter limiter = limiter(Duration.ZERO);
    Permit permit = acquire(limiter, "a");
    permit.onCancel(permit::close);
    CountDownLatch stopped = new CountDownLatch(1);

    limiter.stop(stopped::countDown);

    assertStopped(stopped);
    assertThat(activeStreams()).isZero();
  }

  @Test
  void stopsAfterTheCancelTimeoutWithAnUnfinishedStream() throws Exception {
    StreamLimiter limiter = limiter(Duration.ZERO);
    acquire(limiter, "a");
    CountDownLatch stopped = new CountDownLatch(1);

    limiter.stop(stopped::countDown);
    timers.advance(Duration.ofSeconds(2));

    assertStopped(stopped);
  }

  private StreamLimiter limiter(Duration drain) {
    LimitsProperties limits = TestLimits.streams(MAX_PER_CLIENT, MAX_TOTAL, drain);
    StreamLimiter limiter =
        new StreamLimiter(
            TestLimits.clients(limits),
            shared,
            limits,
            new MemoryBudget(Long.MAX_VALUE, meters),
            BulkheadRegistry.ofDefaults(),
            meters,
            timers);
    limiter.start();
    assertThat(limiter.isRunning()).isTrue();
    return limiter;
  }

  private static Permit acquire(StreamLimiter limiter, String client) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(client);
    return limiter.acquire(request);
  }

  private static void assertRejected(StreamLimiter limiter, String client, ErrorCode code) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> acquire(limiter, client))
        .returns(code, Failure::code)
        .satisfies(rejection -> assertThat(rejection.retryAfter()).contains(Duration.ofSeconds(5)));
  }

  private int activeStreams() {
    return (int) meters.get("gateway.streams.active").gauge().value();
  }

  private static void assertStopped(CountDownLatch stopped) throws InterruptedException {
    assertThat(stopped.await(30, TimeUnit.SECONDS)).as("stopped").isTrue();
  }
}

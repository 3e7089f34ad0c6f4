package dev.minimalchat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.StreamLimiter.Permit;
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
  private static final int EACH = 2;
  private static final int ALL = 3;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakeScheduler timers = new FakeScheduler();

  @Test
  void admitAsManyOfOneClientAsAllowed() {
    StreamLimiter streams = streams(LONG);
    acquire(streams, "a");
    acquire(streams, "a");

    assertRefused(streams, "a", ErrorCode.RATE_LIMITED);
    assertThat(running()).isEqualTo(EACH);
  }

  @Test
  void admitAsManyInAllAsAllowed() {
    StreamLimiter streams = streams(LONG);
    acquire(streams, "a");
    acquire(streams, "b");
    acquire(streams, "c");

    assertRefused(streams, "d", ErrorCode.OVERLOADED);
    assertThat(running()).isEqualTo(ALL);
  }

  @Test
  void takeNothingOfAClientsShareForAnAnswerThatIsRefused() {
    StreamLimiter streams = streams(LONG);
    Permit other = acquire(streams, "a");
    acquire(streams, "a");
    acquire(streams, "b");
    assertRefused(streams, "b", ErrorCode.OVERLOADED);
    assertRefused(streams, "b", ErrorCode.OVERLOADED);

    other.close();

    acquire(streams, "b");
  }

  @Test
  void admitTheNextWhenAPermitIsGivenBack() {
    StreamLimiter streams = streams(LONG);
    Permit permit = acquire(streams, "a");
    acquire(streams, "a");

    permit.close();

    acquire(streams, "a");
    assertRefused(streams, "a", ErrorCode.RATE_LIMITED);
  }

  @Test
  void takeAPermitBackOnceHoweverOftenItIsClosed() {
    StreamLimiter streams = streams(LONG);
    Permit permit = acquire(streams, "a");
    acquire(streams, "a");

    permit.close();
    permit.close();
    permit.close();

    acquire(streams, "a");
    assertRefused(streams, "a", ErrorCode.RATE_LIMITED);
  }

  @Test
  void countWhatRuns() {
    StreamLimiter streams = streams(LONG);
    Permit first = acquire(streams, "a");
    Permit second = acquire(streams, "b");
    assertThat(running()).isEqualTo(2);

    first.close();
    second.close();

    assertThat(running()).isZero();
  }

  @Test
  void admitNobodyOnceTheGatewayStops() {
    StreamLimiter streams = streams(LONG);
    assertThat(streams.isDraining()).isFalse();

    streams.stop();

    assertThat(streams.isDraining()).isTrue();
    assertRefused(streams, "a", ErrorCode.OVERLOADED);
  }

  @Test
  void stopAtOnceWhereNothingRuns() throws Exception {
    StreamLimiter streams = streams(LONG);
    CountDownLatch stopped = new CountDownLatch(1);

    streams.stop(stopped::countDown);

    assertEnds(stopped);
    assertThat(streams.isRunning()).isFalse();
  }

  @Test
  void stopWhenTheLastAnswerHasEnded() throws Exception {
    StreamLimiter streams = streams(LONG);
    Permit first = acquire(streams, "a");
    Permit second = acquire(streams, "b");
    List<String> revoked = new ArrayList<>();
    first.onCancel(() -> revoked.add("first"));
    second.onCancel(() -> revoked.add("second"));
    CountDownLatch stopped = new CountDownLatch(1);

    streams.stop(stopped::countDown);
    first.close();
    assertThat(stopped.getCount()).isOne();
    second.close();

    assertEnds(stopped);
    assertThat(revoked).isEmpty();
  }

  @Test
  void revokeWhatDoesNotEndInTime() throws Exception {
    StreamLimiter streams = streams(Duration.ZERO);
    Permit permit = acquire(streams, "a");
    permit.onCancel(permit::close);
    CountDownLatch stopped = new CountDownLatch(1);

    streams.stop(stopped::countDown);

    assertEnds(stopped);
    assertThat(running()).isZero();
  }

  @Test
  void stopEvenWhereAnAnswerNeverEnds() throws Exception {
    StreamLimiter streams = streams(Duration.ZERO);
    acquire(streams, "a");
    CountDownLatch stopped = new CountDownLatch(1);

    streams.stop(stopped::countDown);
    timers.advance(Duration.ofSeconds(2));

    assertEnds(stopped);
  }

  private StreamLimiter streams(Duration drain) {
    LimitsProperties limits = TestLimits.streams(EACH, ALL, drain);
    StreamLimiter streams =
        new StreamLimiter(
            TestLimits.clients(limits), limits, BulkheadRegistry.ofDefaults(), meters, timers);
    streams.start();
    assertThat(streams.isRunning()).isTrue();
    return streams;
  }

  private static Permit acquire(StreamLimiter streams, String client) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(client);
    return streams.acquire(request);
  }

  private static void assertRefused(StreamLimiter streams, String client, ErrorCode code) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> acquire(streams, client))
        .returns(code, Failure::code)
        .satisfies(refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(5)));
  }

  private int running() {
    return (int) meters.get("gateway.streams.active").gauge().value();
  }

  private static void assertEnds(CountDownLatch stopped) throws InterruptedException {
    assertThat(stopped.await(30, TimeUnit.SECONDS)).as("stopped").isTrue();
  }
}

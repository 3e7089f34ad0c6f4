package dev.minimalchat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.Streams.Permit;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class StreamsTest {
  private static final int EACH = 2;
  private static final int ALL = 3;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void admitAsManyOfOneClientAsAllowed() {
    Streams streams = streams(LONG);
    enter(streams, "a");
    enter(streams, "a");

    assertRefused(streams, "a", ErrorCode.RATE_LIMITED);
    assertThat(running()).isEqualTo(EACH);
  }

  @Test
  void admitAsManyInAllAsAllowed() {
    Streams streams = streams(LONG);
    enter(streams, "a");
    enter(streams, "b");
    enter(streams, "c");

    assertRefused(streams, "d", ErrorCode.OVERLOADED);
    assertThat(running()).isEqualTo(ALL);
  }

  @Test
  void takeNothingOfAClientsShareForAnAnswerThatIsRefused() {
    Streams streams = streams(LONG);
    Permit other = enter(streams, "a");
    enter(streams, "a");
    enter(streams, "b");
    assertRefused(streams, "b", ErrorCode.OVERLOADED);
    assertRefused(streams, "b", ErrorCode.OVERLOADED);

    other.close();

    enter(streams, "b");
  }

  @Test
  void admitTheNextWhenAPermitIsGivenBack() {
    Streams streams = streams(LONG);
    Permit permit = enter(streams, "a");
    enter(streams, "a");

    permit.close();

    enter(streams, "a");
    assertRefused(streams, "a", ErrorCode.RATE_LIMITED);
  }

  @Test
  void takeAPermitBackOnceHoweverOftenItIsClosed() {
    Streams streams = streams(LONG);
    Permit permit = enter(streams, "a");
    enter(streams, "a");

    permit.close();
    permit.close();
    permit.close();

    enter(streams, "a");
    assertRefused(streams, "a", ErrorCode.RATE_LIMITED);
  }

  @Test
  void countWhatRuns() {
    Streams streams = streams(LONG);
    Permit first = enter(streams, "a");
    Permit second = enter(streams, "b");
    assertThat(running()).isEqualTo(2);

    first.close();
    second.close();

    assertThat(running()).isZero();
  }

  @Test
  void admitNobodyOnceTheGatewayStops() {
    Streams streams = streams(LONG);
    assertThat(streams.draining()).isFalse();

    streams.stop();

    assertThat(streams.draining()).isTrue();
    assertRefused(streams, "a", ErrorCode.OVERLOADED);
  }

  @Test
  void stopAtOnceWhereNothingRuns() throws Exception {
    Streams streams = streams(LONG);
    CountDownLatch stopped = new CountDownLatch(1);

    streams.stop(stopped::countDown);

    assertEnds(stopped);
    assertThat(streams.isRunning()).isFalse();
  }

  @Test
  void stopWhenTheLastAnswerHasEnded() throws Exception {
    Streams streams = streams(LONG);
    Permit first = enter(streams, "a");
    Permit second = enter(streams, "b");
    List<String> revoked = new ArrayList<>();
    first.whenRevoked(() -> revoked.add("first"));
    second.whenRevoked(() -> revoked.add("second"));
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
    Streams streams = streams(Duration.ZERO);
    Permit permit = enter(streams, "a");
    permit.whenRevoked(permit::close);
    CountDownLatch stopped = new CountDownLatch(1);

    streams.stop(stopped::countDown);

    assertEnds(stopped);
    assertThat(running()).isZero();
  }

  @Test
  void stopEvenWhereAnAnswerNeverEnds() throws Exception {
    Streams streams = streams(Duration.ZERO);
    enter(streams, "a");
    CountDownLatch stopped = new CountDownLatch(1);

    streams.stop(stopped::countDown);

    assertEnds(stopped);
  }

  private Streams streams(Duration drain) {
    LimitsProperties limits = Limits.streams(EACH, ALL, drain);
    Streams streams =
        new Streams(Limits.clients(limits), limits, BulkheadRegistry.ofDefaults(), meters);
    streams.start();
    assertThat(streams.isRunning()).isTrue();
    return streams;
  }

  private static Permit enter(Streams streams, String client) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(client);
    return streams.enter(request);
  }

  private static void assertRefused(Streams streams, String client, ErrorCode code) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> enter(streams, client))
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

package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.usage.UsageLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;

/// A change of the computer's clock in the middle of an answer, as an administrator or NTP makes
/// it. The durations are real, so the idle timeout is short.
@TestPropertySource(properties = "minimalchat.upstream.idle-timeout=1s")
@DirtiesContext
class ComputerClockIT extends RunningGateway {
  private static final ComputerClock COMPUTER = new ComputerClock();

  @TestBean @Nullable Clock clock;
  private UsageLines log;

  static Clock clock() {
    return COMPUTER;
  }

  /// The application's start, in this class's first test, replaces all appenders.
  @BeforeEach
  void captureUsageLines() {
    log = new UsageLines();
  }

  @AfterEach
  void setTheClockRight() {
    COMPUTER.change = Duration.ZERO;
    log.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "-PT1H"})
  void anAnswerContinuesAndItsLatencyIsTheElapsedTime(Duration change) throws Exception {
    var answer = chat("Hello");
    Call call = PROVIDER.take();
    call.openStream();
    call.delta("Before");
    await().atMost(TestTimeouts.LIMIT).until(() -> activeStreams() == 1);

    COMPUTER.change = change;
    call.delta("After");
    call.complete();
    call.endStream();

    assertThat(answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).body())
        .contains("Before", "After", "response.completed");
    assertLatencyIsShort(usageLine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "-PT1H"})
  void theIdleTimeoutStillEndsASilentAnswer(Duration change) throws Exception {
    var answer = chat("Hello");
    Call call = PROVIDER.take();
    call.openStream();
    call.delta("Then silence");
    await().atMost(TestTimeouts.LIMIT).until(() -> activeStreams() == 1);

    COMPUTER.change = change;

    assertThat(answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS).body()).contains("\"timeout\"");
    assertLatencyIsShort(usageLine());
  }

  private Map<String, Object> usageLine() {
    await().atMost(TestTimeouts.LIMIT).until(() -> !log.lines().isEmpty());
    return log.lines().getFirst();
  }

  private static void assertLatencyIsShort(Map<String, Object> line) {
    assertThat((Long) line.get("latency_ms")).isBetween(0L, TestTimeouts.LIMIT.toMillis());
    assertThat((Long) line.get("first_token_ms")).isBetween(0L, TestTimeouts.LIMIT.toMillis());
  }

  /// The time of day with a change that the test makes.
  private static final class ComputerClock extends Clock {
    private volatile Duration change = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(change);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}

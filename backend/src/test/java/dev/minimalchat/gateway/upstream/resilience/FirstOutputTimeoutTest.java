package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Attempt;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.KeepAlive;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Unknown;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The timeout that a fallback adds: until the first sign of output, all attempts together.
class FirstOutputTimeoutTest {

  private static final Duration FIRST_OUTPUT = Duration.ofSeconds(10);
  private static final Duration ONE_MS = Duration.ofMillis(1);
  private static final UpstreamEvent TEXT = new TextDelta("word");

  private final FakeScheduler scheduler = new FakeScheduler();
  private final TimedFakeStream provider = new TimedFakeStream(scheduler);
  private final TimeoutStream stream =
      new TimeoutStream(
          provider,
          new TimeoutPolicy(
              TimeLimiter.of(FIRST_OUTPUT.multipliedBy(3)),
              TimeLimiter.of(FIRST_OUTPUT),
              FIRST_OUTPUT.multipliedBy(3),
              TimeLimiter.of(FIRST_OUTPUT.multipliedBy(30)),
              scheduler));

  @Test
  void throwsTimeoutAfterTheFirstOutputTimeout() {
    provider.emits(new Created("resp_1", "model"), ONE_MS);
    provider.emits(new KeepAlive(), ONE_MS);
    provider.emits(new Unknown(), ONE_MS);
    provider.emits(TEXT, FIRST_OUTPUT);

    stream.next();
    stream.next();
    stream.next();
    assertThat(failureOf(stream::next))
        .has(Failures.code(ErrorCode.TIMEOUT))
        .hasMessageContaining("FIRST_OUTPUT_TIMEOUT");
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void outputEndsTheFirstOutputTimeout(UpstreamEvent output) {
    provider.emits(output, FIRST_OUTPUT.minus(ONE_MS));
    provider.emits(TEXT, FIRST_OUTPUT);

    assertThat(stream.next()).isEqualTo(output);
    assertThat(stream.next()).isEqualTo(TEXT);
  }

  static UpstreamEvent[] outputs() {
    return new UpstreamEvent[] {new InProgress(), new InProgress(7), TEXT, new Completed(null)};
  }

  @Test
  void anAttemptDoesNotRestartTheFirstOutputTimeout() {
    provider.emits(new Attempt(null), ONE_MS);
    provider.emits(new Attempt(null), FIRST_OUTPUT.minus(ONE_MS.multipliedBy(2)));
    provider.emits(TEXT, ONE_MS);

    stream.next();
    stream.next();
    assertThat(failureOf(stream::next)).hasMessageContaining("FIRST_OUTPUT_TIMEOUT");
  }

  @Test
  void closeCancelsTheFirstOutputTimer() {
    provider.emits(new KeepAlive(), ONE_MS);
    stream.next();

    stream.close();

    assertThat(scheduler.pending()).isZero();
  }

  private static Failure failureOf(Executable executable) {
    return catchThrowableOfType(Failure.class, executable::execute);
  }
}

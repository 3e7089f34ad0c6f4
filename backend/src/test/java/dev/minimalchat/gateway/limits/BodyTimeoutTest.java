package dev.minimalchat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.timeouts.FakeScheduler;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTimeoutTest {
  private final FakeScheduler timers = new FakeScheduler();
  private final Bulkhead bodies =
      Bulkhead.of("slow", BulkheadConfig.custom().maxConcurrentCalls(2).build());

  /// Each byte comes within the timeout of a read.
  @Test
  void endsABodyThatArrivesByteByByte() {
    BodyTimeout timeout = start();
    timeout.check(1_000_000);
    for (int seconds = 19; seconds < 57; seconds += 19) {
      timers.advance(Duration.ofSeconds(19));
      timeout.check(1_000_000 + seconds);
    }
    timers.advance(Duration.ofSeconds(23));

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> timeout.check(1_000_060))
        .returns(ErrorCode.INVALID_REQUEST, Failure::code);
  }

  @ParameterizedTest
  @CsvSource({"1, 30", "1000000, 60", "10000000, 330"})
  void allowsThePaceOfASlowConnection(long bytes, long seconds) {
    BodyTimeout timeout = start();

    timers.advance(Duration.ofSeconds(seconds));

    assertThatCode(() -> timeout.check(bytes)).doesNotThrowAnyException();
    timers.advance(Duration.ofSeconds(10));
    assertThatExceptionOfType(Failure.class).isThrownBy(() -> timeout.check(bytes));
  }

  @Test
  void limitsTheSlowBodiesOfAClientButNotTheOthers() {
    BodyTimeout first = start();
    BodyTimeout second = start();
    BodyTimeout third = start();
    timers.advance(Duration.ofSeconds(6));
    first.check(1);
    first.check(2);
    second.check(1);
    BodyTimeout fast = start();

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> third.check(1))
        .returns(ErrorCode.RATE_LIMITED, Failure::code);
    assertThatCode(() -> fast.check(1)).doesNotThrowAnyException();
    first.close();
    first.close();
    assertThatCode(() -> third.check(1)).doesNotThrowAnyException();
  }

  private BodyTimeout start() {
    return new BodyTimeout(timers.getClock(), () -> bodies);
  }
}

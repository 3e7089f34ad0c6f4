package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.not;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import org.assertj.core.api.Condition;

/// AssertJ conditions for failures.
public final class Failures {
  public static final Condition<Throwable> TRANSIENT =
      new Condition<>(UpstreamFailure::isTransient, "a transient failure");

  private Failures() {}

  public static Condition<Throwable> isTransient(boolean expected) {
    return expected ? TRANSIENT : not(TRANSIENT);
  }

  public static Condition<Throwable> isRetryable(boolean expected) {
    return new Condition<>(
        thrown -> thrown instanceof Failure failure && failure.retryable() == expected,
        "retryable %s",
        expected);
  }

  public static Condition<Throwable> code(ErrorCode code) {
    return new Condition<>(
        thrown -> thrown instanceof Failure failure && failure.code() == code, "code %s", code);
  }
}

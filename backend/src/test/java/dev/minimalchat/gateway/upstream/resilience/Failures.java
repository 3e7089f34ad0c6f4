package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.not;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import org.assertj.core.api.Condition;

/// What tests ask of a failure.
public final class Failures {
  public static final Condition<Throwable> PASSING =
      new Condition<>(UpstreamFailure::isTransient, "a failure that is transient");

  private Failures() {}

  public static Condition<Throwable> passing(boolean passing) {
    return passing ? PASSING : not(PASSING);
  }

  public static Condition<Throwable> code(ErrorCode code) {
    return new Condition<>(
        thrown -> thrown instanceof Failure failure && failure.code() == code, "code %s", code);
  }
}

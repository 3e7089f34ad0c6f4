package dev.minimalchat.gateway.upstream.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The failure of an answer that neither provider gives.
class FallbackFailureTest extends FallbackStreamFixture {

  @Test
  void reportsTheUsageOfThePrimaryWhereTheFallbackIsNotAsked() {
    provider.respondsWith(CREATED, ((UpstreamFailure) permanentFailure()).withUsage(USAGE));
    fallbackBreaker.transitionToOpenState();

    Failure failure = failureOf(answer(true));

    assertThat(failure).hasMessageEndingWith("fallback: the circuit breaker is open");
    assertThat(usage(failure)).isEqualTo(USAGE);
  }

  /// With the parameter's name, which the client needs to leave it out.
  @Test
  void reportsTheParameterThatBothProvidersRefuse() {
    provider.respondsWith(UpstreamFailure.refusedParameter("temperature", "400 primary"));
    fallback.respondsWith(UpstreamFailure.refusedParameter("temperature", "400 fallback"));

    assertThat(failureOf(answer(false)))
        .has(Failures.code(ErrorCode.INVALID_REQUEST))
        .hasMessage("primary: 400 primary; fallback: 400 fallback")
        .returns("temperature", Failure::param)
        .returns("temperature is not accepted by the model", Failure::userMessage);
  }

  @Test
  void reportsWhatTheUserCanChangeRatherThanARefusedKey() {
    provider.respondsWith(UpstreamFailure.refusedParameter("top_p", "400 primary"));
    fallback.respondsWith(
        new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "bad key", null, null).asPermanent());

    assertThat(failureOf(answer(false))).returns("top_p", Failure::param);
  }

  @Test
  void reportsTheFailureOfTheFallbackAndLogsBoth() {
    provider.respondsWith(permanentFailure());
    fallback.respondsWith(timeout());

    assertThat(failureOf(answer(false)))
        .has(Failures.code(ErrorCode.TIMEOUT))
        .hasMessage("primary: bad key; fallback: timeout");
  }

  @Test
  void reportsThatARetryCanSucceedWhereTheFallbackIsMisconfigured() {
    Duration wait = Duration.ofSeconds(30);
    UpstreamFailure badKey =
        new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "401", null, null)
            .asPermanent()
            .withUsage(USAGE);
    provider.respondsWith(transientFailure(wait));
    fallback.respondsWith(badKey);

    Failure failure = failureOf(answer(false));

    assertThat(failure).has(Failures.code(ErrorCode.OVERLOADED));
    assertThat(failure).has(Failures.isRetryable(true));
    assertThat(failure.retryAfter()).contains(wait);
    assertThat(usage(failure)).isEqualTo(USAGE);
  }

  @Test
  void aConversationThatIsTooLongForBothIsTooLong() {
    provider.respondsWith(
        new UpstreamFailure(ErrorCode.CONTEXT_TOO_LONG, false, "one", null, null));
    fallback.respondsWith(
        new UpstreamFailure(ErrorCode.CONTEXT_TOO_LONG, false, "two", null, null));

    assertThat(failureOf(answer(false))).has(Failures.code(ErrorCode.CONTEXT_TOO_LONG));
  }

  @Test
  void reportsThatTheConversationIsTooLongWhereTheFallbackIsMisconfigured() {
    provider.respondsWith(
        new UpstreamFailure(ErrorCode.CONTEXT_TOO_LONG, false, "too long", null, null));
    fallback.respondsWith(
        new UpstreamFailure(ErrorCode.PROVIDER_ERROR, false, "401", null, null).asPermanent());

    assertThat(failureOf(answer(false))).has(Failures.code(ErrorCode.CONTEXT_TOO_LONG));
  }
}

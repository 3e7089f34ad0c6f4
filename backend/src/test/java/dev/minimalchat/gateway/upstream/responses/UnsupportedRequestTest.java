package dev.minimalchat.gateway.upstream.responses;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that does not have the function answers 501 or 505, whenever it is asked.
class UnsupportedRequestTest {
  @AutoClose private static final ErrorProvider PROVIDER = new ErrorProvider();

  @ParameterizedTest
  @ValueSource(ints = {501, 505})
  void isAskedOnceAndNeverTriedAgain(int status) {
    Failure failure = PROVIDER.failureFor(aResponse().withStatus(status));

    assertThat(failure)
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .isNot(Failures.TRANSIENT)
        .is(Failures.isRetryable(false));
    assertThat(UpstreamFailure.isServerError(failure)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"501", "505"})
  void isPermanentInsideAStreamToo(String code) {
    assertThat(ProviderErrors.of(200, JsonNodeFactory.instance.objectNode().put("code", code)))
        .isNot(Failures.TRANSIENT)
        .is(Failures.isRetryable(false));
  }
}

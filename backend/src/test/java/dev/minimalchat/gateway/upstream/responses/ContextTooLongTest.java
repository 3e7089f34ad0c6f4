package dev.minimalchat.gateway.upstream.responses;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How providers say that a request is too long for the model, or for the rate limit alone.
class ContextTooLongTest {
  @AutoClose private static final ErrorProvider PROVIDER = new ErrorProvider();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
        "The decoder prompt (length 5000) is longer than the maximum model length of 4096.",
        "Your input exceeds the context window of this model.",
        "prompt is too long: 200251 tokens > 200000 maximum",
        "input length and `max_tokens` exceed context limit: 198000 + 8192 > 200000",
        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        "Input is too long for requested model.",
        "the request exceeds the available context size, try increasing it",
        "the input length exceeds the context length",
        "prompt too long; exceeded max context length by 10 tokens",
        "The model is loaded with context length of only 4096 tokens",
        "This model's maximum prompt length is 131072 but the request contains 140000 tokens.",
        "The input (12345 tokens) is longer than the model's context length (8192 tokens).",
        "Input length (700001 tokens) exceeds the maximum allowed length (536826 tokens).",
        "The number of tokens to keep from the initial prompt is greater than the context length",
        "Context size has been exceeded."
      })
  void recognisesThatTheContextIsTooLongByItsWording(String message) {
    for (String shape :
        new String[] {
          "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"code\":null}}",
          "{\"error\":{\"message\":\"%s\",\"code\":400,\"status\":\"INVALID_ARGUMENT\"}}",
          "[{\"error\":{\"message\":\"%s\"}}]",
          "{\"object\":\"error\",\"message\":\"%s\",\"type\":\"BadRequestError\"}",
          "{\"error\":\"%s\"}"
        }) {
      assertThat(
              PROVIDER.failureFor(aResponse().withStatus(400).withBody(shape.formatted(message))))
          .as(shape)
          .has(Failures.code(ErrorCode.CONTEXT_TOO_LONG))
          .isNot(Failures.TRANSIENT)
          .hasMessageNotContaining("token");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Request too large for model x on tokens per minute (TPM): Limit 6000, Requested 12328, please reduce your message size and try again. | CONTEXT_TOO_LONG | false
          Request too large for x in organization y on tokens per min (TPM): Limit 30000, Requested 40000. The input or output tokens must be reduced in order to run successfully. | CONTEXT_TOO_LONG | false
          Rate limit reached for x on tokens per min (TPM): Limit 30000, Used 29000, Requested 4000. Please try again in 4.77s. | OVERLOADED | true
          """)
  void noRetryAnswersARequestThatIsAboveTheRateLimitAlone(
      String message, ErrorCode code, boolean isTransient) {
    String body =
        "{\"error\":{\"message\":\"%s\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}"
            .formatted(message);

    Failure failure = PROVIDER.failureFor(aResponse().withStatus(429).withBody(body));

    assertThat(failure).has(Failures.code(code));
    assertThat(failure).is(Failures.isTransient(isTransient));
  }
}

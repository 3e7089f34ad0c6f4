package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Errors of the provider that name a parameter which the client has set.
class RefusedParameterTest {

  @ParameterizedTest
  @CsvSource({
    "400, unsupported_parameter, temperature, temperature",
    "422, invalid_type, tools[0].parameters.type, tools",
    "400, invalid_json_schema, text.format.schema, text.format",
    "400, integer_below_min_value, max_output_tokens, max_output_tokens"
  })
  void aParameterOfTheClientThatIsRefusedIsItsError(
      int status, String code, String param, String chosen) {
    UpstreamFailure failure = refused(status, code, param);

    assertThat(failure)
        .returns(ErrorCode.INVALID_REQUEST, Failure::code)
        .returns(chosen, Failure::param)
        .returns(chosen + " is not accepted by the model", Failure::userMessage)
        .returns(false, Failure::retryable);
    assertThat(failure.withUsage(null)).returns(chosen, Failure::param);
  }

  @ParameterizedTest
  @CsvSource({
    "400, unsupported_parameter, top_p, PROVIDER_ERROR",
    "400, unsupported_parameter, toolset, PROVIDER_ERROR",
    "400, unsupported_parameter, '', PROVIDER_ERROR",
    "400, context_length_exceeded, max_output_tokens, CONTEXT_TOO_LONG",
    "429, rate_limit_exceeded, temperature, OVERLOADED",
    "500, server_error, temperature, PROVIDER_ERROR"
  })
  void anythingElseThatIsRefusedIsNot(int status, String code, String param, ErrorCode expected) {
    assertThat(refused(status, code, param)).returns(expected, Failure::code);
  }

  private static UpstreamFailure refused(int status, String code, String param) {
    JsonNode error = JsonNodeFactory.instance.objectNode().put("code", code).put("param", param);
    RequestParameters parameters =
        new RequestParameters(
            List.of("max_output_tokens", "temperature", "tools", "text.format"), 0);
    return ProviderErrors.of(status, error, null, null, parameters);
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.errors.ErrorCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The log names the setting that ends an error.
class ProviderAdviceTest {
  private static final String REFUSED =
      """
      {"message":"Your organization must be verified to generate reasoning summaries.",
       "type":"invalid_request_error","param":"PARAM","code":"unsupported_value"}
      """;

  @ParameterizedTest
  @CsvSource({
    "reasoning.summary, REASONING_SUMMARY",
    "reasoning.effort, REASONING_EFFORT",
    "tools[0].type, WEB_SEARCH"
  })
  void namesTheSetting(String param, String setting) throws IOException {
    assertThat(ProviderErrors.of(400, json(REFUSED.replace("PARAM", param))))
        .hasMessageContaining(setting)
        .returns(false, failure -> failure.retryable());
  }

  @ParameterizedTest
  @CsvSource({
    "input[2].content[1].image_url, unsupported_value, the image of part 1 of message 2 cannot be read by the model",
    "input[0].content[1].file_data, '', the file of part 1 of message 0 cannot be read by the model",
    "'', invalid_image_format, an attachment cannot be read by the model",
    "canary, unsupported_file, an attachment cannot be read by the model"
  })
  void saysWhichAttachmentTheProviderRefuses(String param, String code, String message)
      throws IOException {
    assertThat(
            ProviderErrors.of(
                400, json("{\"param\":\"%s\",\"code\":\"%s\"}".formatted(param, code))))
        .returns(ErrorCode.INVALID_REQUEST, failure -> failure.code())
        .returns(message, failure -> failure.userMessage())
        .returns(false, failure -> failure.retryable())
        .hasMessageContaining(message);
  }

  @Test
  void quotesNothingOfTheProvider() throws IOException {
    assertThat(ProviderErrors.of(400, json(REFUSED.replace("PARAM", "canary"))))
        .hasMessage("provider status 400 code unsupported_value type invalid_request_error");
  }

  private static JsonNode json(String text) throws IOException {
    return new JsonMapper().readTree(text);
  }
}

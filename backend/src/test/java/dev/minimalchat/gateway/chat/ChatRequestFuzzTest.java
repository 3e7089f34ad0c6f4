package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.TestStreamLimiter;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.CharConversionException;
import java.io.IOException;

/// Every body is a valid conversation or is rejected by JSON, validation or [ChatRequest].
class ChatRequestFuzzTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .build();
  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  @FuzzTest(maxDuration = "2m")
  void parsesToAValidConversationOrIsRejected(byte[] body) throws IOException {
    ChatRequest request;
    try {
      request = JSON.readValue(body, ChatRequest.class);
    } catch (JacksonException | CharConversionException _) {
      return;
    }
    if (request == null || !VALIDATOR.validate(request).isEmpty()) {
      return;
    }
    UpstreamRequest upstreamRequest;
    try {
      upstreamRequest = request.toUpstreamRequest("r-1", TestStreamLimiter.limits());
    } catch (Failure _) {
      return;
    }
    assertThat(upstreamRequest.messages())
        .isNotEmpty()
        .noneMatch(message -> message.content().isBlank());
    assertThat(upstreamRequest.messages()).last().extracting(Message::role).isEqualTo(Role.USER);
  }
}

package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.limits.StreamPermits;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.CharConversionException;
import java.io.IOException;

/// Whatever a caller sends as a body: it is a conversation, or it is refused in one of three ways.
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
  void isAConversationOrIsRefused(byte[] body) throws IOException {
    ChatRequest request;
    try {
      request = JSON.readValue(body, ChatRequest.class);
    } catch (JacksonException | CharConversionException _) {
      return;
    }
    if (request == null || !VALIDATOR.validate(request).isEmpty()) {
      return;
    }
    UpstreamRequest prompt;
    try {
      prompt = request.toUpstreamRequest("r-1", StreamPermits.limits());
    } catch (Failure _) {
      return;
    }
    assertThat(prompt.messages()).isNotEmpty().noneMatch(message -> message.content().isBlank());
    assertThat(prompt.messages()).last().extracting(Message::role).isEqualTo(Role.USER);
  }
}

package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.json.JsonBodyReader;
import dev.minimalchat.gateway.limits.TestStreamLimiter;
import dev.minimalchat.gateway.upstream.AttachmentProperties;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Model;
import dev.minimalchat.gateway.upstream.Models;
import dev.minimalchat.gateway.upstream.ProviderFeatures;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import jakarta.validation.Validation;
import java.util.List;
import org.springframework.mock.web.MockHttpServletRequest;

/// Every body is a valid conversation or is rejected by JSON, validation or [ChatRequest].
class ChatRequestFuzzTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .build();
  private static final Models MODELS = new Models(List.of(new Model("model", null)));
  private static final AttachmentProperties ATTACHMENTS = new AttachmentProperties(true, "pdf");
  private static final JsonBodyReader BODIES =
      new JsonBodyReader(JSON, Validation.buildDefaultValidatorFactory().getValidator());

  @FuzzTest(maxDuration = "2m")
  void parsesToAValidConversationOrIsRejected(byte[] body) {
    MockHttpServletRequest http = new MockHttpServletRequest();
    http.setContent(body);
    UpstreamRequest upstreamRequest;
    try {
      ChatRequest request = BODIES.read(http, ChatRequest.class);
      upstreamRequest =
          request.toUpstreamRequest(
              "r-1", TestStreamLimiter.limits(), MODELS, ProviderFeatures.NONE, ATTACHMENTS);
    } catch (Failure | JsonProcessingException _) {
      return;
    }
    assertThat(upstreamRequest.input()).isNotEmpty().noneMatch(ChatRequestFuzzTest::isBlank);
    assertThat(upstreamRequest.input())
        .last()
        .extracting(ChatRequestFuzzTest::role)
        .isEqualTo(Role.USER);
  }

  private static boolean isBlank(InputItem item) {
    return switch (item) {
      case Message message -> message.content().isBlank();
      case InputItem.MultipartMessage message -> message.parts().isEmpty();
      case InputItem.ToolItem _ -> true;
    };
  }

  private static Role role(InputItem item) {
    return switch (item) {
      case Message message -> message.role();
      case InputItem.MultipartMessage message -> message.role();
      case InputItem.ToolItem _ -> Role.SYSTEM;
    };
  }
}

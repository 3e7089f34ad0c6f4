package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.mock.web.MockHttpServletResponse;

/// What a caller reads in an answer.
final class Answers {
  private Answers() {}

  static void assertError(
      MockHttpServletResponse answer, int status, String code, String sentence, boolean retryable) {
    assertThat(text(answer))
        .isEqualTo(
            "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"retryable\":%s,\"request_id\":\"%s\"}}",
            code, sentence, retryable, answer.getHeader("X-Request-Id"));
    assertThat(answer.getStatus()).isEqualTo(status);
    assertThat(answer.getContentType()).isEqualTo("application/json");
  }

  static String header(MockHttpServletResponse answer, String name) {
    String value = answer.getHeader(name);
    assertThat(value).as(name).isNotNull();
    return value == null ? "" : value;
  }

  static String text(MockHttpServletResponse answer) {
    try {
      return answer.getContentAsString(StandardCharsets.UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e);
    }
  }
}

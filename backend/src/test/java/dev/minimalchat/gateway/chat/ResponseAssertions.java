package dev.minimalchat.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.springframework.mock.web.MockHttpServletResponse;

/// Assertions on HTTP responses.
final class ResponseAssertions {
  private ResponseAssertions() {}

  static void assertError(
      MockHttpServletResponse response,
      int status,
      String code,
      String message,
      boolean retryable) {
    assertThat(text(response))
        .isEqualTo(
            "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"retryable\":%s,\"request_id\":\"%s\"}}",
            code, message, retryable, response.getHeader("X-Request-Id"));
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(response.getContentType()).isEqualTo("application/json");
  }

  static String header(MockHttpServletResponse response, String name) {
    String value = response.getHeader(name);
    assertThat(value).as(name).isNotNull();
    return value == null ? "" : value;
  }

  static String text(MockHttpServletResponse response) {
    try {
      return response.getContentAsString(StandardCharsets.UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.minimalchat.gateway.errors;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestIdTest {
  private static final String LONGEST = "x".repeat(64);

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "A-b_c.9", "..", "req_0123456789abcdef"})
  void acceptsAValidRequestId(String received) {
    assertThat(RequestId.accept(received).value()).isEqualTo(received);
    assertThat(RequestId.accept(LONGEST).value()).isEqualTo(LONGEST);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", " ", "a b", "a\r\nX-Injected: 1", "a\n", "a/b", "ä", "a\u0000", "${x}"})
  void replacesAnInvalidRequestId(String received) {
    RequestId first = RequestId.accept(received);
    RequestId second = RequestId.accept(received);

    assertThat(first.value()).matches("[0-9a-f-]{36}").isNotEqualTo(second.value());
  }

  @Test
  void replacesARequestIdThatIsTooLong() {
    assertThat(RequestId.accept(LONGEST + "x").value()).hasSize(36);
  }

  @Test
  void isTheSameInRequestResponseAndLog() throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader(RequestId.HEADER, "r-1");
    MockHttpServletResponse response = new MockHttpServletResponse();
    List<String> seen = new ArrayList<>();
    FilterChain chain =
        (_, _) -> {
          seen.add(RequestId.of(request).value());
          seen.add(MDC.get("request_id"));
        };

    new RequestIdFilter().doFilter(request, response, chain);

    assertThat(seen).containsExactly("r-1", "r-1");
    assertThat(response.getHeader(RequestId.HEADER)).isEqualTo("r-1");
    assertThat(MDC.get("request_id")).isNull();
  }

  @Test
  void isGeneratedForARequestWithoutOne() {
    assertThat(RequestId.of(new MockHttpServletRequest()).value()).hasSize(36);
  }
}

package dev.minimalchat.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ResponseHeadersFilterTest {

  @ParameterizedTest
  @CsvSource({
    "X-Content-Type-Options, nosniff",
    "Referrer-Policy, no-referrer",
    "Cross-Origin-Opener-Policy, same-origin"
  })
  void setsTheHeaderOnEveryResponse(String name, String value) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();

    new ResponseHeadersFilter(new PageProperties(true, Set.of()), new PageFiles())
        .doFilter(new MockHttpServletRequest(), response, new MockFilterChain());

    assertThat(response.getHeader(name)).isEqualTo(value);
    assertThat(response.getHeader("Permissions-Policy")).contains("camera=()", "microphone=()");
    assertThat(response.getHeader("Content-Security-Policy")).contains("default-src 'none'");
  }

  @Test
  void setsNoHeadersWhenThePageIsNotServed() throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();

    new ResponseHeadersFilter(new PageProperties(false, Set.of()), new PageFiles())
        .doFilter(new MockHttpServletRequest(), response, new MockFilterChain());

    assertThat(response.getHeaderNames()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "connect-src 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types app"
      })
  void containsTheDirective(String directive) {
    assertThat(ResponseHeadersFilter.policy("", Set.of()).split("; ?")).contains(directive);
  }

  @Test
  void allowsOnlyScriptsFromTheSameOrigin() {
    assertThat(ResponseHeadersFilter.policy("", Set.of()))
        .contains("script-src 'self';")
        .doesNotContain("unsafe-inline", "unsafe-eval", "*");
  }

  /// The hash is the one in the example of CSP level 2, section 7.17.
  @Test
  void allowsInlineScriptsOfThePageByTheirHashes() {
    assertThat(
            ResponseHeadersFilter.policy(
                "<p></p><script>alert('Hello, world.');</script>", Set.of()))
        .contains("script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=';");
  }

  @Test
  void allowsInlineStylesOfThePageByTheirHashes() {
    assertThat(ResponseHeadersFilter.policy("<style>p{color:red}</style>", Set.of()))
        .contains("style-src 'self' 'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64=';");
  }

  @Test
  void onlyTheGivenSitesMayFrameThePage() {
    String policy = ResponseHeadersFilter.policy("", Set.of("https://www.example.com"));

    assertThat(policy).contains("frame-ancestors https://www.example.com;");
  }
}

package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static dev.minimalchat.gateway.chat.ChatRequests.padded;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

/// The order of the filters: request id, response headers, origin, rate, token, body size.
/// [OriginContractTest] covers the origin before the token.
@GatewayContractTest
class RequestPipelineContractTest {
  private static final String FULL_RATE_LESS_ONE = Integer.toString(GatewayContractTest.RATE - 1);

  @Autowired ApiClient client;

  @Test
  void sendsRequestIdAndSecurityHeadersWithARejectedToken() {
    assertHasRequestIdAndSecurityHeaders(client.send(withoutToken()), 401);
  }

  @Test
  void sendsRequestIdAndSecurityHeadersWithARejectedOrigin() {
    assertHasRequestIdAndSecurityHeaders(client.send(fromUnknownOrigin(withoutToken())), 403);
  }

  @Test
  void countsNoRequestFromAnUnknownOriginAgainstTheRateLimit() {
    assertRejectedWithoutRate(fromUnknownOrigin(client.chat(aQuestion())), 403);
  }

  @Test
  void countsWrongTokensAgainstTheRateLimit() {
    for (int i = 0; i < GatewayContractTest.RATE; i++) {
      assertThat(client.send(withoutToken()).getStatus()).isEqualTo(401);
    }

    assertThat(client.send(withoutToken()).getStatus()).isEqualTo(429);
    assertThat(client.exchange(aQuestion()).getStatus()).as("with the token").isEqualTo(429);
  }

  @Test
  void countsNoPreflightAgainstTheRateLimit() {
    for (int i = 0; i <= GatewayContractTest.RATE; i++) {
      assertThat(client.send(client.preflight(GatewayContractTest.ORIGIN)).getStatus())
          .isEqualTo(204);
    }

    assertThat(client.exchange("{}").getHeader("RateLimit-Remaining"))
        .isEqualTo(FULL_RATE_LESS_ONE);
  }

  @Test
  void checksTheRateLimitBeforeTheBodySize() {
    for (int i = 0; i < GatewayContractTest.RATE; i++) {
      assertThat(client.exchange(padded(2049)).getStatus()).isEqualTo(413);
    }

    assertThat(client.exchange(padded(2049)).getStatus()).isEqualTo(429);
  }

  private MockMvcRequestBuilder withoutToken() {
    return client.chatWithoutToken(aQuestion()).header("X-Request-Id", "r-1");
  }

  private static MockMvcRequestBuilder fromUnknownOrigin(MockMvcRequestBuilder request) {
    return request.header("Origin", "https://evil.example");
  }

  private void assertRejectedWithoutRate(MockMvcRequestBuilder request, int status) {
    MockHttpServletResponse rejected = client.send(request);

    assertThat(rejected.getStatus()).isEqualTo(status);
    assertThat(rejected.getHeaderNames()).noneMatch(name -> name.startsWith("RateLimit-"));
    assertThat(client.exchange("{}").getHeader("RateLimit-Remaining"))
        .isEqualTo(FULL_RATE_LESS_ONE);
  }

  private static void assertHasRequestIdAndSecurityHeaders(
      MockHttpServletResponse response, int status) {
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(response.getHeader("X-Request-Id")).isEqualTo("r-1");
    assertThat(response.getHeader("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.getHeader("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
  }
}

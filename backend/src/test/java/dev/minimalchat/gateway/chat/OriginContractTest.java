package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static dev.minimalchat.gateway.chat.ChatRequests.padded;
import static dev.minimalchat.gateway.chat.ResponseAssertions.assertError;
import static dev.minimalchat.gateway.chat.ResponseAssertions.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

/// Which origins may read a response.
@GatewayContractTest
class OriginContractTest {
  @Autowired ApiClient client;
  @Autowired @AutoClose FakeUpstream upstream;

  static Stream<Arguments> responsesForAllowedOrigins() {
    return Stream.of(GatewayContractTest.ORIGIN, GatewayContractTest.PREVIEW)
        .flatMap(origin ->
            Arrays.stream(Scenario.values()).map(scenario -> Arguments.of(origin, scenario)));
  }

  @ParameterizedTest
  @MethodSource("responsesForAllowedOrigins")
  void sendsCorsHeadersToAnAllowedOriginWithEveryStatus(String origin, Scenario scenario) {
    assertReadable(respond(scenario, origin), origin, scenario.status);
  }

  @ParameterizedTest
  @EnumSource
  void rejectsAnUnknownOriginForEveryRequest(Scenario scenario) {
    assertUnreadable(respond(scenario, "https://chat.example.com.evil.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://chat.example.com",
        "https://chat.example.com:444",
        "https://chat.example.com.evil.example",
        "null"
      })
  void rejectsASimilarOriginWithoutCorsHeaders(String origin) {
    assertUnreadable(client.send(client.chat(aQuestion()).header("Origin", origin)));
  }

  @Test
  void checksTheOriginBeforeTheToken() {
    assertUnreadable(
        client.send(client.chatWithoutToken(aQuestion()).header("Origin", "https://evil.example")));
  }

  @Test
  void allowsThePreflightOfAnAllowedOriginForTwoHours() {
    MockHttpServletResponse response = client.send(client.preflight(GatewayContractTest.ORIGIN));

    assertReadable(response, GatewayContractTest.ORIGIN, 204);
    assertThat(response.getHeader("Access-Control-Max-Age")).isEqualTo("7200");
    assertThat(header(response, "Access-Control-Allow-Methods")).isEqualTo("GET, POST, DELETE");
    assertThat(header(response, "Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type", "X-Request-Id");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat, true",
    "/v1/chat/stream, true",
    "/v1/chat/completions, false",
    "/v1/models, false",
    "/health, false"
  })
  void allowsTheResumeKeyOnTheRoutesOfThePageOnly(String path, boolean isAllowed) {
    MockHttpServletResponse response =
        client.send(client.preflight(GatewayContractTest.ORIGIN).uri(path));

    assertThat(header(response, "Access-Control-Allow-Headers").contains("Resume-Key"))
        .isEqualTo(isAllowed);
  }

  @Test
  void rejectsThePreflightOfAnUnknownOrigin() {
    assertUnreadable(client.send(client.preflight("https://evil.example")));
  }

  @Test
  void ignoresForwardedHeadersOfAnUntrustedClient() {
    assertUnreadable(
        client.send(
            client
                .chat(aQuestion())
                .header("Origin", "https://evil.example")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "evil.example")));
  }

  @Test
  void letsEveryOriginReadTheHealth() {
    MockHttpServletResponse response =
        client.send(client.get("/health").header("Origin", "https://evil.example"));

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getHeaders("Access-Control-Allow-Origin")).containsExactly("*");
  }

  @Test
  void sendsVaryOriginWithoutAnOriginHeader() {
    assertThat(client.exchange("{}").getHeaders("Vary")).contains("Origin");
  }

  /// The response of this scenario to a request with this origin.
  private MockHttpServletResponse respond(Scenario scenario, String origin) {
    if (scenario == Scenario.RATE_LIMITED) {
      for (int i = 0; i < GatewayContractTest.RATE; i++) {
        client.exchange("{}");
      }
    }
    if (scenario.code == null) {
      upstream.emits(new Completed(null));
    } else {
      upstream.fails(new Failure(scenario.code, "scripted"));
    }
    return client.send(request(scenario).header("Origin", origin));
  }

  private MockMvcRequestBuilder request(Scenario scenario) {
    return switch (scenario) {
      case INVALID_REQUEST -> client.chat("{}");
      case UNAUTHORIZED -> client.chatWithoutToken(aQuestion());
      case NOT_FOUND -> client.withToken(client.get("/v1/nothing"));
      case METHOD_NOT_ALLOWED -> client.withToken(client.get("/v1/chat"));
      case PAYLOAD_TOO_LARGE -> client.chat(padded(2049));
      case UNSUPPORTED_MEDIA_TYPE ->
          client.withToken(client.post().contentType(MediaType.TEXT_PLAIN).content("Hello"));
      default -> client.chat(aQuestion());
    };
  }

  enum Scenario {
    STREAM(200, null),
    INVALID_REQUEST(400, null),
    UNAUTHORIZED(401, null),
    NOT_FOUND(404, null),
    METHOD_NOT_ALLOWED(405, null),
    PAYLOAD_TOO_LARGE(413, null),
    UNSUPPORTED_MEDIA_TYPE(415, null),
    RATE_LIMITED(429, null),
    INTERNAL(500, ErrorCode.INTERNAL),
    PROVIDER_ERROR(502, ErrorCode.PROVIDER_ERROR),
    OVERLOADED(503, ErrorCode.OVERLOADED),
    TIMEOUT(504, ErrorCode.TIMEOUT);

    private final int status;
    private final @Nullable ErrorCode code;

    Scenario(int status, @Nullable ErrorCode code) {
      this.status = status;
      this.code = code;
    }
  }

  private static void assertReadable(MockHttpServletResponse response, String origin, int status) {
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(response.getHeaders("Access-Control-Allow-Origin")).containsExactly(origin);
    assertThat(header(response, "Access-Control-Expose-Headers"))
        .contains("X-Request-Id", "Retry-After", "RateLimit-Remaining");
    assertThat(response.getHeaders("Vary")).contains("Origin");
    assertThat(response.getHeader("X-Request-Id")).isNotBlank();
    assertThat(response.containsHeader("Access-Control-Allow-Credentials")).isFalse();
  }

  private static void assertUnreadable(MockHttpServletResponse response) {
    assertError(
        response,
        403,
        "origin_not_allowed",
        "This environment is not authorised to use the chat service.",
        false);
    assertThat(response.getHeaderNames()).noneMatch(name -> name.startsWith("Access-Control-"));
    assertThat(response.getHeaders("Vary")).contains("Origin");
  }
}

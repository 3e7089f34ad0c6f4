package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests that try to be read in two ways, or in none: each is answered once, emptily, and the
/// connection ends with it.
class HostileRequestIT extends WholeGateway {
  /// What would be served if it were taken for a request of its own.
  private static final String SMUGGLED = "GET /health HTTP/1.1\r\nHost: smuggled\r\n\r\n";

  @ParameterizedTest
  @EnumSource
  void isRefusedOnceWithTheErrorJson(Hostile hostile) throws Exception {
    try (Browser browser = new Browser(port)) {
      browser.send(hostile.request);

      String answer = browser.readToTheEnd();

      assertThat(answer).startsWith("HTTP/1.1 " + hostile.status);
      assertThat(answer).containsOnlyOnce("HTTP/1.1 ").containsIgnoringCase("X-Request-Id: ");
      assertThat(answer).contains("{\"error\":{\"code\":\"" + hostile.code + "\"");
      assertThat(answer).doesNotContain("Tomcat", "Exception", "<html", "\"status\":\"ok\"");
    }
  }

  enum Hostile {
    TWO_LENGTHS(400, "invalid_request", chat("Content-Length: 2\r\nContent-Length: 60\r\n") + "{}"),
    LENGTH_AND_CHUNKS(
        400,
        "invalid_request",
        chat("Content-Length: 60\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n" + SMUGGLED),
    UNKNOWN_CODING(
        501, "internal", chat("Transfer-Encoding: xchunked\r\n") + "0\r\n\r\n" + SMUGGLED),
    CHUNK_SIZE_THAT_IS_NONE(
        400, "invalid_request", chat("Transfer-Encoding: chunked\r\n") + "zz\r\n" + SMUGGLED),
    SPACE_BEFORE_THE_COLON(400, "invalid_request", chat("Content-Length : 2\r\n") + "{}"),
    NAME_WITH_A_CONTROL_CHARACTER(400, "invalid_request", chat("X\u0001: 1\r\n") + "{}"),
    LENGTH_BELOW_ZERO(400, "invalid_request", chat("Content-Length: -1\r\n") + "{}"),
    NO_HOST(400, "invalid_request", "GET /health HTTP/1.1\r\n\r\n"),
    TWO_HOSTS(400, "invalid_request", "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    HEADER_THAT_IS_TOO_LARGE(
        400, "invalid_request", chat("X-Large: " + "x".repeat(20_000) + "\r\n")),
    TOO_MANY_HEADERS(400, "invalid_request", chat("X-Many: 1\r\n".repeat(200))),
    LINE_THAT_IS_NO_REQUEST(400, "invalid_request", "hello\r\n\r\n"),
    ANOTHER_VERSION(505, "internal", "GET /health HTTP/3.7\r\nHost: a\r\n\r\n"),
    PATH_WITH_A_NULL(400, "invalid_request", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
    PATH_THAT_LEAVES_THE_ROOT(400, "invalid_request", "GET /../x HTTP/1.1\r\nHost: a\r\n\r\n"),
    PATH_WITH_A_HIDDEN_SLASH(
        400, "invalid_request", "GET /v1%2fchat HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    private final int status;
    private final String code;
    private final String request;

    Hostile(int status, String code, String request) {
      this.status = status;
      this.code = code;
      this.request = request;
    }

    private static String chat(String headers) {
      return """
      POST /v1/chat HTTP/1.1\r
      Host: gateway\r
      Authorization: Bearer %s\r
      Content-Type: application/json\r
      %s\r
      """
          .formatted(TOKEN, headers);
    }
  }
}

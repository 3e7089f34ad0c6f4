package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests that are malformed or ambiguous: each gets one error response, then the connection is
/// closed.
class MalformedRequestIT extends RunningGateway {
  /// Would be served if it were parsed as a separate request.
  private static final String SMUGGLED = "GET /health HTTP/1.1\r\nHost: smuggled\r\n\r\n";

  @ParameterizedTest
  @EnumSource
  void rejectsTheRequestOnceWithJsonAndClosesTheConnection(Malformed malformed) throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      client.send(malformed.request);

      String answer = client.readToTheEnd();

      assertThat(answer).startsWith("HTTP/1.1 " + malformed.status);
      assertThat(answer).containsOnlyOnce("HTTP/1.1 ").containsIgnoringCase("X-Request-Id: ");
      assertThat(answer).contains("{\"error\":{\"code\":\"" + malformed.code + "\"");
      assertThat(answer).doesNotContain("Tomcat", "Exception", "<html", "\"status\":\"ok\"");
    }
  }

  enum Malformed {
    TWO_CONTENT_LENGTHS(
        400, "invalid_request", chat("Content-Length: 2\r\nContent-Length: 60\r\n") + "{}"),
    CONTENT_LENGTH_AND_CHUNKED(
        400,
        "invalid_request",
        chat("Content-Length: 60\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n" + SMUGGLED),
    UNKNOWN_TRANSFER_CODING(
        501, "internal", chat("Transfer-Encoding: xchunked\r\n") + "0\r\n\r\n" + SMUGGLED),
    INVALID_CHUNK_SIZE(
        400, "invalid_request", chat("Transfer-Encoding: chunked\r\n") + "zz\r\n" + SMUGGLED),
    SPACE_BEFORE_COLON(400, "invalid_request", chat("Content-Length : 2\r\n") + "{}"),
    CONTROL_CHARACTER_IN_HEADER_NAME(400, "invalid_request", chat("X\u0001: 1\r\n") + "{}"),
    NEGATIVE_CONTENT_LENGTH(400, "invalid_request", chat("Content-Length: -1\r\n") + "{}"),
    NO_HOST(400, "invalid_request", "GET /health HTTP/1.1\r\n\r\n"),
    TWO_HOSTS(400, "invalid_request", "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    HEADER_TOO_LARGE(400, "invalid_request", chat("X-Large: " + "x".repeat(20_000) + "\r\n")),
    TOO_MANY_HEADERS(400, "invalid_request", chat("X-Many: 1\r\n".repeat(200))),
    INVALID_REQUEST_LINE(400, "invalid_request", "hello\r\n\r\n"),
    UNSUPPORTED_HTTP_VERSION(505, "internal", "GET /health HTTP/3.7\r\nHost: a\r\n\r\n"),
    NUL_IN_PATH(400, "invalid_request", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
    PATH_ABOVE_ROOT(400, "invalid_request", "GET /../x HTTP/1.1\r\nHost: a\r\n\r\n"),
    ENCODED_SLASH_IN_PATH(
        400, "invalid_request", "GET /v1%2fchat HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    private final int status;
    private final String code;
    private final String request;

    Malformed(int status, String code, String request) {
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

package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Requests that are malformed or ambiguous: each gets one error response, then the connection is
/// closed. None of them is an error of the gateway's.
@ExtendWith(OutputCaptureExtension.class)
class MalformedRequestIT extends RunningGateway {
  private static final String BEARER = "Authorization: Bearer " + TOKEN + "\r\n";

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

  @ParameterizedTest
  @MethodSource("unusualRequests")
  void neverFailsAndLogsNoProblemOfItsOwn(String request, CapturedOutput output) throws Exception {
    String answer;
    try (SocketClient client = new SocketClient(port)) {
      client.send(request);
      answer = client.readToTheEnd();
    }

    assertThat(answer).matches("(?s)HTTP/1\\.1 [234].*");
    assertThat(answer).doesNotContain("Tomcat", "Exception");
    assertThat(output).doesNotContain("\"level\":\"ERROR\"", "\"level\":\"WARN\"");
  }

  @ParameterizedTest
  @MethodSource("contentTypes")
  void rejectsAnyContentTypeButJson(String contentType) throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      client.send(post("/v1/chat", contentType));

      assertThat(client.readToTheEnd()).startsWith("HTTP/1.1 415");
    }
  }

  static Stream<String> unusualRequests() {
    return Stream.of(methods(), posts(), acceptHeaders(), conditions(), paths(), otherHeaders())
        .flatMap(requests -> requests);
  }

  private static Stream<String> methods() {
    return Stream.of("TRACE", "PROPFIND", "DELETE", "PUT", "PATCH", "get", "X-Y", "OPTIONS")
        .flatMap(
            method -> Stream.of(request(method, "/", ""), request(method, "/v1/chat", BEARER)));
  }

  private static Stream<String> posts() {
    return Stream.concat(contentTypes(), Stream.of("application/json;;;", "application/json"))
        .flatMap(type ->
            Stream.of("/v1/chat", "/", "/health", "/config.json", "/error", "/none")
                .map(path -> post(path, type)));
  }

  static Stream<String> contentTypes() {
    return Stream.of(
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/json; charset=\";\"",
        "application/json; charset=",
        "application/json; charset=nonsense",
        "application/json; charset=\"utf-8",
        "application/json; =",
        "application/json, text/plain",
        "application/*",
        "*/*",
        "json",
        "/",
        ";",
        "\u00e9/\u00e9",
        "");
  }

  private static Stream<String> acceptHeaders() {
    return Stream.of(
            "Accept: ;",
            "Accept: */",
            "Accept: text/html;q=x",
            "Accept: text/event-stream",
            "Accept: " + "a/b,".repeat(500),
            "Accept-Encoding: ;q=",
            "Accept-Encoding: br;q=2, gzip;q=0",
            "Accept-Language: ;;",
            "Accept-Charset: ;")
        .flatMap(header ->
            Stream.of("/", "/health", "/config.json", "/none", "/v1/none")
                .map(path -> request("GET", path, BEARER + header + "\r\n")));
  }

  private static Stream<String> conditions() {
    return Stream.of(
            "If-None-Match: garbage",
            "If-None-Match: \"",
            "If-None-Match: W/\"",
            "If-None-Match: *",
            "If-Match: \"x\"",
            "If-Match: *",
            "If-Modified-Since: yesterday",
            "If-Unmodified-Since: yesterday",
            "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
            "Range: bytes=0-0",
            "Range: bytes=9999999-",
            "Range: bytes=5-1",
            "Range: bytes=x",
            "Range: bytes=-0",
            "Range: bytes=0-99999999999999999999",
            "Range: lines=1-2",
            "Range: bytes=" + "0-0,".repeat(200) + "0-0",
            "If-Range: \"x\"\r\nRange: bytes=0-0",
            "If-Range: x\r\nRange: bytes=0-0")
        .flatMap(header ->
            Stream.of("/", "/favicon.svg", "/config.json", "/health")
                .map(path -> request("GET", path, header + "\r\n")));
  }

  private static Stream<String> paths() {
    return Stream.of(
            "/%c0%af",
            "/%c0%ae%c0%ae/",
            "/%ff",
            "/%u0041",
            "/%",
            "/%zz",
            "/a%2fb",
            "/a%5cb",
            "/a\\b",
            "//",
            "//evil.example/",
            "/;a=b",
            "/;=",
            "/;",
            "/v1;a=b/chat",
            "/v1/chat;",
            "/v1/./chat",
            "/v1//chat",
            "/index.html/",
            "/assets",
            "/assets/",
            "/assets/..",
            "/assets/%2e%2e/x",
            "/assets/%252e%252e/x",
            "/.",
            "/error",
            "/index.html.br",
            "/sw.js?%",
            "/?%zz=%",
            "/?a=%00",
            "/?;",
            "/" + "a".repeat(3000),
            "*",
            "http://evil.example/",
            "http:///",
            "/%e2%80%ae",
            "/a:b",
            "/a|b",
            "/META-INF/MANIFEST.MF",
            "/WEB-INF/web.xml",
            "/config.json/",
            "/\u00e9",
            "/actuator",
            "/a%0ab",
            "/a%20b")
        .flatMap(
            path -> Stream.of("GET", "HEAD", "POST").map(method -> request(method, path, BEARER)));
  }

  private static Stream<String> otherHeaders() {
    return Stream.of(
            "Origin: https://a\r\nOrigin: https://b",
            "Origin: ",
            "Origin: http://[",
            "Origin: %",
            "Cookie: =;;=\"",
            "Cookie: a=\"\\",
            "Cookie: $Version=1; a=b",
            "Authorization: Bearer",
            "Authorization: ",
            "Authorization: Bearer a\r\nAuthorization: Bearer b",
            "X-Request-Id: \"><",
            "X-Forwarded-For: ,,,",
            "X-Forwarded-For: \"[::1",
            "X-Forwarded-Proto: ://",
            "X-Forwarded-Host: /",
            "Forwarded: for=;",
            "Upgrade: h2c\r\nHTTP2-Settings: x\r\nConnection: Upgrade, HTTP2-Settings",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "Expect: nonsense",
            "TE: trailers",
            "Content-Encoding: gzip",
            "Access-Control-Request-Method: \r\nOrigin: https://a",
            "Access-Control-Request-Method: POST\r\nOrigin: https://a",
            "Traceparent: 00-x",
            "X-HTTP-Method-Override: TRACE",
            "Last-Event-ID: \u0000")
        .flatMap(header ->
            Stream.of("GET /", "OPTIONS /v1/chat", "GET /v1/none", "POST /v1/chat", "GET /health")
                .map(line -> line.split(" ", 2))
                .map(line -> request(line[0], line[1], header + "\r\n")));
  }

  private static String post(String path, String contentType) {
    String headers = BEARER + "Content-Type: " + contentType + "\r\nContent-Length: 7\r\n";
    return request("POST", path, headers) + "a=%zz&b";
  }

  private static String request(String method, String target, String headers) {
    return "%s %s HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n%s\r\n"
        .formatted(method, target, headers);
  }

  enum Malformed {
    TWO_CONTENT_LENGTHS(
        400, "invalid_request", chat("Content-Length: 2\r\nContent-Length: 60\r\n") + "{}"),
    CONTENT_LENGTH_AND_CHUNKED(
        400,
        "invalid_request",
        chat("Content-Length: 60\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n" + SMUGGLED),
    UNKNOWN_TRANSFER_CODING(
        501, "invalid_request", chat("Transfer-Encoding: xchunked\r\n") + "0\r\n\r\n" + SMUGGLED),
    INVALID_CHUNK_SIZE(
        400, "invalid_request", chat("Transfer-Encoding: chunked\r\n") + "zz\r\n" + SMUGGLED),
    SPACE_BEFORE_COLON(400, "invalid_request", chat("Content-Length : 2\r\n") + "{}"),
    CONTROL_CHARACTER_IN_HEADER_NAME(400, "invalid_request", chat("X\u0001: 1\r\n") + "{}"),
    NEGATIVE_CONTENT_LENGTH(400, "invalid_request", chat("Content-Length: -1\r\n") + "{}"),
    NO_HOST(400, "invalid_request", "GET /health HTTP/1.1\r\n\r\n"),
    TWO_HOSTS(400, "invalid_request", "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    HEADER_TOO_LARGE(400, "invalid_request", chat("X-Large: " + "x".repeat(20_000) + "\r\n")),
    TOO_MANY_HEADERS(400, "invalid_request", chat("X-Many: 1\r\n".repeat(200))),
    TUNNEL(501, "invalid_request", "CONNECT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
    INVALID_REQUEST_LINE(400, "invalid_request", "hello\r\n\r\n"),
    UNSUPPORTED_HTTP_VERSION(505, "invalid_request", "GET /health HTTP/3.7\r\nHost: a\r\n\r\n"),
    NUL_IN_PATH(400, "invalid_request", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
    PATH_ABOVE_ROOT(400, "invalid_request", "GET /../x HTTP/1.1\r\nHost: a\r\n\r\n"),
    ENCODED_SLASH_IN_PATH(
        400, "invalid_request", "GET /v1%2fchat HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
    ENCODED_PATH_ABOVE_ROOT(
        400, "invalid_request", "GET /assets/..%2f..%2fx HTTP/1.1\r\nHost: a\r\n\r\n");

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

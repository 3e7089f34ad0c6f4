package dev.minimalchat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/// One word, at every place of the protocol where it is wrong, never reaches a log, a metric or an
/// answer.
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "resilience4j.retry.instances.provider.max-attempts=1",
      "resilience4j.circuitbreaker.instances.provider.minimum-number-of-calls=1000",
      "resilience4j.circuitbreaker.instances.provider.sliding-window-size=1000"
    })
class CanaryIT extends TracedGateway {
  private static final String WORD = "canaryb51e";
  private static final String OK = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
  private static final String STREAM = OK + "Content-Type: text/event-stream\r\n\r\n";
  private static final String CHUNKED =
      OK + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  @ParameterizedTest
  @MethodSource({"heads", "chunks", "streams", "errors"})
  void aWordOfTheProviderGoesNowhere(String response, CapturedOutput output) throws Exception {
    var answer = chat("Hello");
    Call call = PROVIDER.take();
    call.send(response.replace('\'', '"').replace("WORD", WORD));
    call.disconnect();

    var received = answer.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);

    awaitNoActiveStreams();
    assertThat(received.headers().map() + received.body()).doesNotContain(WORD);
    assertThat(output.getAll() + metrics()).doesNotContain(WORD);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aWordOfTheCallerGoesNowhere(String request, CapturedOutput output) throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      client.send(request.replace("WORD", WORD));

      assertThat(client.readToTheEnd()).matches("(?s)HTTP/1.1 (4|501).*").doesNotContain(WORD);
    }
    assertThat(output.getAll() + metrics()).doesNotContain(WORD);
  }

  /// The answer names the field, which is documented; the log does not.
  @ParameterizedTest
  @MethodSource("fields")
  void aFieldNameOfTheCallerIsNotLogged(String body, CapturedOutput output) throws Exception {
    try (SocketClient client = new SocketClient(port)) {
      client.send(post(body).replace("WORD", WORD));

      assertThat(client.readToTheEnd()).startsWith("HTTP/1.1 400").contains(WORD + " is not");
    }
    assertThat(output.getAll() + metrics()).doesNotContain(WORD);
  }

  static Stream<String> heads() {
    return Stream.of(
        "WORD\r\n\r\n",
        "WORD/1.1 200 OK\r\n\r\n",
        "HTTP/WORD 200 OK\r\n\r\n",
        "HTTP/1.1 WORD OK\r\n\r\n",
        "HTTP/1.1 500 WORD\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 WORD\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: http://WORD/\r\nContent-Length: 0\r\n\r\n",
        OK + "WORD\r\n\r\n",
        OK + "a WORD: b\r\n\r\n",
        OK + "WORD: b\r\n\r\n",
        OK + "X-Request-Id: WORD\r\n\r\n",
        OK + "Content-Length: WORD\r\n\r\n",
        OK + "Content-Length: 5\r\nContent-Length: WORD\r\n\r\n",
        OK + "Transfer-Encoding: WORD\r\n\r\n",
        OK + "Content-Type: WORD\r\n\r\n",
        OK + "Content-Type: text/WORD\r\n\r\n",
        OK + "Content-Type: text/html; charset=WORD\r\n\r\n",
        OK + "Content-Type: application/json; charset=WORD\r\n\r\n{'output':'WORD'}",
        OK + "Content-Encoding: WORD\r\nContent-Type: text/event-stream\r\n\r\n",
        OK + "Connection: WORD\r\nKeep-Alive: WORD\r\n\r\n",
        OK + "\r\nWORD");
  }

  static Stream<String> chunks() {
    return Stream.of(
            "WORD\r\n",
            "5 WORD",
            "5;WORD",
            "5;a=WORD\r\ndata:\r\n",
            "5\r\ndata:WORD",
            "-5WORD\r\n",
            "0\r\nWORD\r\n\r\n",
            "0\r\nWORD: a\r\n\r\n",
            "0\r\na: WORD\r\n\r\n")
        .map(chunk -> CHUNKED + chunk);
  }

  static Stream<String> streams() {
    return Stream.of(
            "WORD",
            "WORD: a\n\n",
            ": WORD\n\n",
            "event: WORD\ndata: {}\n\n",
            "id: WORD\ndata: {}\n\n",
            "retry: WORD\n\n",
            "data: WORD\n\n",
            "data: {WORD}\n\n",
            "data: {'type':WORD}\n\n",
            "data: {'type':'WORD'}\n\n",
            "data: {'type':'response.WORD'}\n\n",
            "data: {'type':{'WORD':1}}\n\n",
            "data: {'WORD':1}\n\n",
            "data: ['WORD']\n\n",
            "data: {'type':'response.output_text.delta','delta':{'WORD':'WORD'}}\n\n",
            "data: {'type':'response.output_text.delta','output_index':'WORD','delta':['WORD']}\n\n",
            "data: {'type':'response.created','response':'WORD'}\n\n",
            "data: {'type':'response.completed','response':['WORD']}\n\n",
            "data: {'type':'response.completed','response':{'output':'WORD'}}\n\n",
            "data: {'type':'response.completed','response':{'status':'WORD','output':[]}}\n\n",
            "data: {'type':'response.completed','response':{'usage':{'input_tokens':'WORD'}}}\n\n",
            "data: {'type':'response.completed','response':{'output':[{'type':'WORD','content':'WORD'}]}}\n\n",
            "data: {'type':'response.incomplete','response':{'incomplete_details':{'reason':'WORD'}}}\n\n",
            "data: {'type':'response.incomplete','response':{'incomplete_details':'WORD'}}\n\n",
            "data: {'type':'response.created','response':{'id':'a WORD','model':'the WORD'}}\n\ndata: {'type':'response.completed','response':{}}\n\n",
            "data: {'type':'error','code':'WORD','message':'WORD','param':'WORD'}\n\n",
            "data: {'type':'error','error':'WORD'}\n\n",
            "data: {'error':{'code':'WORD','type':'WORD','message':'WORD','param':'WORD'}}\n\n",
            "data: {'type':'response.failed','response':{'status':'WORD','error':{'code':'WORD'}}}\n\n")
        .map(stream -> STREAM + stream);
  }

  static Stream<String> errors() {
    return Stream.of(
            "\r\nWORD",
            "Retry-After: WORD\r\n\r\n",
            "Retry-After-Ms: WORD\r\nX-Should-Retry: WORD\r\n\r\n",
            "Retry-After: Fri, 15 WORD 2027 08:00:30 GMT\r\n\r\n",
            "\r\n{'error':{'code':'WORD','type':'WORD','message':'WORD','param':'WORD'}}",
            "\r\n{'error':'WORD','detail':'WORD'}",
            "\r\n{'code':'WORD','type':'WORD','message':'maximum context length WORD'}",
            "\r\n{'error':{'code':WORD}}",
            "\r\n{'WORD':{}}")
        .map(error -> "HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\n" + error);
  }

  static Stream<String> requests() {
    return Stream.of(
        "GET /WORD HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/WORD HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /%WORD HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /<WORD> HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/chat?WORD=WORD HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "WORD /v1/chat HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "WORD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "WO<RD /WORD HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/WORD\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a WORD\r\nConnection: close\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: WORD\r\nHost: WORD\r\nConnection: close\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\na WORD: b\r\nConnection: close\r\n\r\n",
        with("Content-Type: application/json", "Content-Type: WORD"),
        with("Content-Type: application/json", "Content-Type: text/WORD"),
        with(
            "Content-Type: application/json",
            "Content-Type: application/json;charset=WORD\r\nExpect: WORD"),
        with(
            "Content-Type: application/json",
            "Content-Type: application/json\r\nOrigin: http://WORD"),
        with("Content-Length: 2", "Content-Length: WORD"),
        with("Content-Length: 2", "Transfer-Encoding: WORD"),
        with("Bearer ", "Bearer WORD"),
        with("Bearer ", "WORD "),
        with(
            "Host:",
            "X-Request-Id: a WORD\r\nX-Forwarded-For: WORD\r\nAccept: WORD\r\nCookie: WORD=WORD\r\nTraceparent: WORD\r\nHost:"),
        post("WORD"),
        post("{WORD}"),
        post("{\"messages\":\"WORD\"}"),
        post("{\"messages\":WORD}"),
        post("{\"messages\":[\"WORD\"]}"),
        post("{\"messages\":[{\"role\":\"WORD\",\"content\":\"WORD\"}]}"),
        post("{\"messages\":[{\"role\":\"assistant\",\"content\":\"WORD\"}]}"),
        post("{\"messages\":[{\"role\":\"user\",\"content\":{\"WORD\":1}}]}"),
        post("{\"messages\":[{\"role\":\"user\",\"content\":\"WORD\"}]}WORD"));
  }

  static Stream<String> fields() {
    return Stream.of(
        "{\"WORD\":1}", "{\"messages\":[{\"role\":\"user\",\"content\":\"a\",\"WORD\":1}]}");
  }

  private static String with(String header, String replacement) {
    return post("{}").replace(header, replacement);
  }

  private static String post(String body) {
    return SocketClient.head(body.replace("WORD", WORD).length())
            .replace("Host:", "Connection: close\r\nHost:")
        + body;
  }
}

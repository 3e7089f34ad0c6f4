package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static dev.minimalchat.gateway.chat.ChatRequests.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minimalchat.gateway.Patience;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Prompt;
import dev.minimalchat.gateway.upstream.Upstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;

/// `docs/protocol.md`, held against the real filters and controllers.
@SpringBootTest(
    properties = {
      "access.token=token",
      "access.allowed-origins=https://chat.example.com",
      "upstream.api-key=key",
      "upstream.base=https://provider.invalid/v1",
      "limits.max-messages=3",
      "limits.max-request-bytes=2KB",
      "limits.rate-per-minute=5",
      "limits.max-streams-per-client=1",
      "limits.max-streams=3"
    })
@AutoConfigureMockMvc
class ContractTest {
  private static final String ALLOWED = "https://chat.example.com";
  private static final String CANARY = "canary-7f3a";
  private static final String WENT_WRONG = "Something went wrong. Please try again.";
  private static final String TOO_LONG = "This conversation is too long. Please start a new one.";
  private static final String BUSY = "The chat service is busy. Please try again in a moment.";
  private static final String TOO_MANY = "Too many requests. Please wait a moment and try again.";

  private static final AtomicInteger CLIENTS = new AtomicInteger();
  private static final Script SCRIPT = new Script();

  @Autowired MockMvcTester mvc;
  @Autowired MeterRegistry meters;

  @Autowired
  @TestBean(name = "resilientUpstream", methodName = "script")
  Upstream upstream;

  private String client = aClient();

  static Upstream script() {
    return SCRIPT;
  }

  @BeforeEach
  void forgetTheLastTest() {
    SCRIPT.next = ScriptedStream::new;
    SCRIPT.opened.clear();
  }

  @AfterEach
  void endEveryStream() {
    SCRIPT.opened.forEach(ScriptedStream::close);
    await()
        .atMost(Patience.LIMIT)
        .until(() -> meters.get("gateway.streams.active").gauge().value() == 0);
  }

  // The answer

  @Test
  void streamsTheAnswerWithTheContractsHeaders() throws Exception {
    SCRIPT.next = () -> new ScriptedStream().says(new TextDelta("Hi"), new Completed(null));

    MockHttpServletResponse answer = ask(aQuestion());

    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getContentType()).isEqualTo("text/event-stream");
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store, no-transform");
    assertThat(answer.getHeader("X-Accel-Buffering")).isEqualTo("no");
    assertThat(answer.getHeader("X-Request-Id")).isEqualTo("r-1");
  }

  @Test
  void writesTheEventsAsTheContractWordsThem() throws Exception {
    SCRIPT.next = () -> new ScriptedStream().says(new TextDelta("Hi"), new Completed(null));

    assertThat(text(ask(aQuestion())))
        .isEqualTo(
            """
            id: 0
            event: response.created
            data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_r-1",\
            "object":"response","status":"in_progress","model":"gpt-4.1-mini"}}

            id: 1
            event: response.output_text.delta
            data: {"type":"response.output_text.delta","sequence_number":1,"delta":"Hi"}

            id: 2
            event: response.completed
            data: {"type":"response.completed","sequence_number":2,"response":{"id":"resp_r-1",\
            "object":"response","status":"completed","model":"gpt-4.1-mini"}}

            """);
  }

  @Test
  void handsTheRequestIdAndTheMessagesToTheProvider() throws Exception {
    SCRIPT.next = () -> new ScriptedStream().says(new Completed(null));

    ask(
        messages(
            "{\"role\":\"system\",\"content\":\"a\"}", "{\"role\":\"user\",\"content\":\"b\"}"));

    assertThat(SCRIPT.prompt.requestId()).isEqualTo("r-1");
    assertThat(SCRIPT.prompt.messages()).extracting("content").containsExactly("a", "b");
  }

  // The table of errors

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CONTEXT_TOO_LONG | 400 | false | This conversation is too long. Please start a new one.
          OVERLOADED       | 503 | true  | The chat service is busy. Please try again in a moment.
          TIMEOUT          | 504 | true  | The model is taking too long—please try again.
          PROVIDER_ERROR   | 502 | true  | Something went wrong. Please try again.
          """)
  void answersAFailureBeforeTheFirstEventWithItsStatusAndSentence(
      ErrorCode code, int status, boolean retryable, String sentence) throws Exception {
    SCRIPT.next = () -> new ScriptedStream().fails(new Failure(code, CANARY));

    assertError(ask(aQuestion()), status, code.code(), sentence, retryable);
  }

  @Test
  void answersAnUnexpectedExceptionWithoutItsMessage() throws Exception {
    SCRIPT.next = () -> new ScriptedStream().fails(new IllegalStateException(CANARY));

    assertError(ask(aQuestion()), 500, "internal", WENT_WRONG, true);
  }

  @Test
  void passesOnHowLongTheProviderWantsUsToWait() throws Exception {
    Duration wait = Duration.ofMillis(1500);
    SCRIPT.next =
        () -> new ScriptedStream().fails(new Failure(ErrorCode.OVERLOADED, "", wait, null));

    assertThat(ask(aQuestion()).getHeader("Retry-After")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Bearer wrong", "Basic token", "token", "Bearer token2"})
  void refusesWhoeverHasNoToken(String authorization) throws Exception {
    MockHttpServletResponse answer =
        send(chat(aQuestion()).header(HttpHeaders.AUTHORIZATION, authorization));

    assertError(
        answer,
        401,
        "unauthorized",
        "Cannot reach the chat service (authorisation required).",
        false);
    assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void refusesAPathThatDoesNotExist() throws Exception {
    MockHttpServletResponse answer = send(authorised(mvc.get().uri("/v1/models")));

    assertError(answer, 404, "not_found", WENT_WRONG, false);
  }

  @Test
  void refusesAnotherMethod() throws Exception {
    MockHttpServletResponse answer = send(authorised(mvc.get().uri("/v1/chat")));

    assertError(answer, 405, "method_not_allowed", WENT_WRONG, false);
  }

  @Test
  void refusesAnotherContentType() throws Exception {
    MockHttpServletResponse answer =
        send(authorised(chat(aQuestion())).contentType(MediaType.TEXT_PLAIN));

    assertError(answer, 415, "unsupported_media_type", WENT_WRONG, false);
  }

  @Test
  void refusesABodyWithoutContentType() throws Exception {
    MockHttpServletResponse answer =
        send(authorised(mvc.post().uri("/v1/chat")).content(aQuestion()));

    assertError(answer, 415, "unsupported_media_type", WENT_WRONG, false);
  }

  @Test
  void refusesMoreMessagesThanAllowed() throws Exception {
    String message = "{\"role\":\"user\",\"content\":\"a\"}";

    assertError(
        ask(messages(message, message, message, message)),
        413,
        "payload_too_large",
        TOO_LONG,
        false);
  }

  @Test
  void takesAsManyMessagesAsAllowed() throws Exception {
    SCRIPT.next = () -> new ScriptedStream().says(new Completed(null));
    String message = "{\"role\":\"user\",\"content\":\"a\"}";

    assertThat(ask(messages(message, message, message)).getStatus()).isEqualTo(200);
  }

  @Test
  void refusesABodyThatDeclaresTooManyBytes() throws Exception {
    assertError(ask(padded(2049)), 413, "payload_too_large", TOO_LONG, false);
  }

  @Test
  void refusesABodyThatHasTooManyBytesWithoutDeclaringThem() throws Exception {
    assertError(undeclared(padded(2049)), 413, "payload_too_large", TOO_LONG, false);
  }

  @Test
  void takesABodyThatHasExactlyTheBytesAllowed() throws Exception {
    SCRIPT.next = () -> new ScriptedStream().says(new Completed(null));

    assertThat(undeclared(padded(2048)).getStatus()).isEqualTo(200);
  }

  @Test
  void refusesMoreRequestsThanAllowedAndSaysWhenToComeBack() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(ask("{}").getStatus()).isEqualTo(400);
    }

    MockHttpServletResponse answer = ask("{}");

    assertError(answer, 429, "rate_limited", TOO_MANY, true);
    assertThat(Integer.parseInt(header(answer, "Retry-After"))).isBetween(1, 60);
    assertThat(answer.getHeader("RateLimit-Limit")).isEqualTo("5");
    assertThat(answer.getHeader("RateLimit-Remaining")).isEqualTo("0");
  }

  @Test
  void tellsWhatIsLeftOfTheClientsShare() throws Exception {
    assertThat(ask("{}").getHeader("RateLimit-Remaining")).isEqualTo("4");
    assertThat(ask("{}").getHeader("RateLimit-Remaining")).isEqualTo("3");
  }

  @Test
  void refusesMoreStreamsOfOneClientThanAllowed() throws Exception {
    startAStream();

    MockHttpServletResponse answer = ask(aQuestion());

    assertError(answer, 429, "rate_limited", TOO_MANY, true);
    assertThat(answer.getHeader("Retry-After")).isEqualTo("5");
  }

  @Test
  void refusesMoreStreamsInAllThanAllowed() throws Exception {
    for (int i = 0; i < 3; i++) {
      client = aClient();
      startAStream();
    }
    client = aClient();

    MockHttpServletResponse answer = ask(aQuestion());

    assertError(answer, 503, "overloaded", BUSY, true);
    assertThat(answer.getHeader("Retry-After")).isEqualTo("5");
  }

  // Request ids

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A.b_c-9",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void keepsTheCallersRequestId(String id) throws Exception {
    MockHttpServletResponse answer = send(mvc.post().uri("/v1/chat").header("X-Request-Id", id));

    assertThat(answer.getHeader("X-Request-Id")).isEqualTo(id);
    assertThat(text(answer)).contains("\"request_id\":\"" + id + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "ä",
        "a\nb",
        "<x>",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void replacesARequestIdOfAnotherForm(String id) throws Exception {
    MockHttpServletResponse answer = send(mvc.post().uri("/v1/chat").header("X-Request-Id", id));

    String fresh = header(answer, "X-Request-Id");
    assertThat(fresh).matches("[A-Za-z0-9._-]{1,64}").isNotEqualTo(id);
    assertThat(text(answer)).contains("\"request_id\":\"" + fresh + "\"");
  }

  // Origins

  @Test
  void letsAnAllowedOriginReadTheAnswer() throws Exception {
    SCRIPT.next = () -> new ScriptedStream().says(new Completed(null));

    assertReadable(send(authorised(chat(aQuestion())).header("Origin", ALLOWED)), 200);
  }

  @Test
  void letsAnAllowedOriginReadARefusalOfItsToken() throws Exception {
    assertReadable(send(chat(aQuestion()).header("Origin", ALLOWED)), 401);
  }

  @Test
  void letsAnAllowedOriginReadAnErrorOfTheController() throws Exception {
    assertReadable(send(authorised(chat("{}")).header("Origin", ALLOWED)), 400);
  }

  @Test
  void letsAnAllowedOriginReadThatItsBodyIsTooLarge() throws Exception {
    assertReadable(send(authorised(chat(padded(2049))).header("Origin", ALLOWED)), 413);
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
  void refusesAnotherOriginWithoutCorsHeaders(String origin) throws Exception {
    assertUnreadable(send(authorised(chat(aQuestion())).header("Origin", origin)));
  }

  @Test
  void refusesAnotherOriginBeforeItLooksAtTheToken() throws Exception {
    assertUnreadable(send(chat(aQuestion()).header("Origin", "https://evil.example")));
  }

  @Test
  void answersThePreflightOfAnAllowedOriginForTwoHours() throws Exception {
    MockHttpServletResponse answer = send(preflight(ALLOWED));

    assertReadable(answer, 204);
    assertThat(answer.getHeader("Access-Control-Max-Age")).isEqualTo("7200");
    assertThat(header(answer, "Access-Control-Allow-Methods")).contains("POST");
    assertThat(header(answer, "Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type", "X-Request-Id");
  }

  @Test
  void refusesThePreflightOfAnotherOrigin() throws Exception {
    assertUnreadable(send(preflight("https://evil.example")));
  }

  @Test
  void variesByOriginWhereThereIsNone() throws Exception {
    assertThat(ask("{}").getHeaders("Vary")).contains("Origin");
  }

  @Test
  void neverLetsAnErrorBeCached() throws Exception {
    assertThat(ask("{}").getHeader("Cache-Control")).isEqualTo("no-store");
  }

  // What is wrong with a request

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"messages":[{"role":"user","content":"a"}],"stream":true}            | stream is not a known field
          {"messages":[{"role":"user","content":"a","name":"b"}]}               | messages[0].name is not a known field
          {"messages":[{"role":"user","content":""}]}                           | messages[0].content is blank
          {"messages":[{"role":"user","content":" \\n\\t "}]}                   | messages[0].content is blank
          {"messages":[{"role":"user"}]}                                        | messages[0].content is blank
          {"messages":[{"role":"user","content":null}]}                         | messages[0].content is blank
          {"messages":[{"content":"a"}]}                                        | messages[0].role is missing
          {"messages":[{"role":null,"content":"a"}]}                            | messages[0].role is missing
          {"messages":[{"role":"tool","content":"a"}]}                          | messages[0].role is not one of the values allowed
          {"messages":[{"role":"User","content":"a"}]}                          | messages[0].role is not one of the values allowed
          {"messages":[{"role":"","content":"a"}]}                              | messages[0].role is not one of the values allowed
          {"messages":[{"role":1,"content":"a"}]}                               | messages[0].role is not one of the values allowed
          {"messages":[{"role":"1","content":"a"}]}                             | messages[0].role is not one of the values allowed
          {"messages":[null,{"role":"user","content":"a"}]}                     | messages[0] is missing
          {"messages":["a"]}                                                    | messages[0] has the wrong type
          {"messages":[{"role":"user","content":["a"]}]}                        | messages[0].content has the wrong type
          {"messages":"a"}                                                      | messages has the wrong type
          {"messages":[]}                                                       | messages is empty
          {"messages":null}                                                     | messages is empty
          {}                                                                    | messages is empty
          {"messages":[{"role":"assistant","content":"a"}]}                     | messages: the last one is not the user's
          {"messages":[{"role":"user","content":"a"},{"role":"system","content":"b"}]} | messages: the last one is not the user's
          {"messages":[{"role":"user","content":"a"}                            | The body is not valid JSON.
          {"messages":[{"role":"user","content":"a"}]} {}                       | The body is not valid JSON.
          hello                                                                 | The body is not valid JSON.
          null                                                                  | The body is missing or cannot be read.
          ``                                                                    | The body is missing or cannot be read.
          """)
  void saysWhatIsWrongAndWithWhichField(String body, String sentence) throws Exception {
    assertError(ask(body), 400, "invalid_request", sentence, false);
  }

  static Stream<String> wrongRequestsWithACanary() {
    return Stream.of(
        "{\"messages\":[{\"role\":\"user\",\"content\":\"CANARY\",\"name\":\"CANARY\"}]}",
        "{\"messages\":[{\"role\":\"CANARY\",\"content\":\"CANARY\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":{\"a\":\"CANARY\"}}]}",
        "{\"messages\":[\"CANARY\"]}",
        "{\"messages\":\"CANARY\"}",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"CANARY\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"CANARY\"},null]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"CANARY",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"CANARY\"}]} CANARY",
        "CANARY");
  }

  @ParameterizedTest
  @MethodSource("wrongRequestsWithACanary")
  void neverQuotesContentInAnError(String body) throws Exception {
    MockHttpServletResponse answer = ask(body.replace("CANARY", CANARY));

    assertThat(answer.getStatus()).isEqualTo(400);
    assertThat(text(answer)).contains("invalid_request").doesNotContain(CANARY);
  }

  @Test
  void asksNoProviderAboutARequestItRefuses() throws Exception {
    ask("{}");

    assertThat(SCRIPT.opened).isEmpty();
  }

  // Helpers

  private static String aClient() {
    return "203.0.113." + CLIENTS.incrementAndGet();
  }

  private void startAStream() {
    SCRIPT.next = () -> new ScriptedStream().says(new TextDelta("Hi"));
    authorised(chat(aQuestion())).asyncExchange();
    assertThat(SCRIPT.opened).isNotEmpty();
  }

  private MockHttpServletResponse ask(String body) {
    return send(authorised(chat(body)));
  }

  private MockMvcRequestBuilder chat(String body) {
    return mvc.post().uri("/v1/chat").contentType(MediaType.APPLICATION_JSON).content(body);
  }

  private MockMvcRequestBuilder authorised(MockMvcRequestBuilder request) {
    return from(request)
        .header(HttpHeaders.AUTHORIZATION, "Bearer token")
        .header("X-Request-Id", "r-1");
  }

  private MockMvcRequestBuilder preflight(String origin) {
    return mvc.options()
        .uri("/v1/chat")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization,content-type");
  }

  private MockMvcRequestBuilder from(MockMvcRequestBuilder request) {
    return request.with(sent -> {
      sent.setRemoteAddr(client);
      return sent;
    });
  }

  private MockHttpServletResponse send(MockMvcRequestBuilder request) {
    return from(request).exchange(Patience.LIMIT).getResponse();
  }

  private MockHttpServletResponse undeclared(String body) {
    return mvc.perform(context -> new Chunked(context, client, body)).getResponse();
  }

  /// A good request of that many bytes.
  private static String padded(int bytes) {
    String empty = messages("{\"role\":\"user\",\"content\":\"\"}");
    return empty.replace("\"\"", "\"" + "a".repeat(bytes - empty.length()) + "\"");
  }

  private static void assertError(
      MockHttpServletResponse answer, int status, String code, String sentence, boolean retryable)
      throws Exception {
    assertThat(text(answer))
        .isEqualTo(
            "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"retryable\":%s,\"request_id\":\"%s\"}}",
            code, sentence, retryable, answer.getHeader("X-Request-Id"));
    assertThat(answer.getStatus()).isEqualTo(status);
    assertThat(answer.getContentType()).isEqualTo("application/json");
  }

  private static void assertReadable(MockHttpServletResponse answer, int status) {
    assertThat(answer.getStatus()).isEqualTo(status);
    assertThat(answer.getHeaders("Access-Control-Allow-Origin")).containsExactly(ALLOWED);
    assertThat(header(answer, "Access-Control-Expose-Headers"))
        .contains("X-Request-Id", "Retry-After");
    assertThat(answer.getHeaders("Vary")).contains("Origin");
    assertThat(answer.getHeader("X-Request-Id")).isNotBlank();
    assertThat(answer.containsHeader("Access-Control-Allow-Credentials")).isFalse();
  }

  private static void assertUnreadable(MockHttpServletResponse answer) throws Exception {
    assertError(
        answer,
        403,
        "origin_not_allowed",
        "This environment is not authorised to use the chat service.",
        false);
    assertThat(answer.getHeaderNames()).noneMatch(name -> name.startsWith("Access-Control-"));
    assertThat(answer.getHeaders("Vary")).contains("Origin");
  }

  private static String header(MockHttpServletResponse answer, String name) {
    String value = answer.getHeader(name);
    assertThat(value).as(name).isNotNull();
    return value == null ? "" : value;
  }

  private static String text(MockHttpServletResponse answer) throws Exception {
    return answer.getContentAsString(StandardCharsets.UTF_8);
  }

  /// Plays what the test has written, and remembers what it was asked.
  private static final class Script implements Upstream {
    private final List<ScriptedStream> opened = new CopyOnWriteArrayList<>();
    private volatile Supplier<ScriptedStream> next = ScriptedStream::new;
    private volatile Prompt prompt = new Prompt("none", List.of());

    @Override
    public UpstreamStream ask(Prompt asked) {
      prompt = asked;
      ScriptedStream stream = next.get();
      opened.add(stream);
      return stream;
    }
  }

  /// A request whose length is not known before it has been read.
  private static final class Chunked extends MockHttpServletRequest {
    Chunked(ServletContext context, String client, String body) {
      super(context, "POST", "/v1/chat");
      setRemoteAddr(client);
      setAsyncSupported(true);
      setContentType(MediaType.APPLICATION_JSON_VALUE);
      setContent(body.getBytes(StandardCharsets.UTF_8));
      addHeader(HttpHeaders.AUTHORIZATION, "Bearer token");
    }

    @Override
    public int getContentLength() {
      return -1;
    }

    @Override
    public long getContentLengthLong() {
      return -1;
    }
  }
}

package dev.minimalchat.gateway.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Failures;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Prompt;
import dev.minimalchat.gateway.upstream.ProviderSettings;
import dev.minimalchat.gateway.upstream.Reading;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Started;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesUpstreamTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String DELTA = "{\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}";
  private static final String COMPLETED = "{\"type\":\"response.completed\",\"response\":{}}";

  private SocketProvider provider;
  private OpenAiClient client;

  @BeforeEach
  void listen() throws IOException {
    provider = new SocketProvider();
    client = new OpenAiClient(provider.base());
  }

  @AfterEach
  void close() {
    client.close();
    provider.close();
  }

  @TestFactory
  Stream<DynamicTest> relaysARecordedAnswerHoweverItIsCut() {
    return Recording.all()
        .flatMap(recording ->
            Arrays.stream(Delivery.values())
                .filter(delivery -> delivery.isQuickWith(recording))
                .map(delivery ->
                    dynamicTest(
                        recording.name() + ", " + delivery,
                        () -> assertRelays(recording, delivery))));
  }

  @Test
  void showsNothingOfTheReasoning() {
    Reading reading = client.ask();
    Call call = provider.take();
    call.openStream();
    for (String type :
        List.of("reasoning_text", "reasoning_summary_text", "reasoning", "reasoning_part")) {
      call.event("{\"type\":\"response.%s.delta\",\"delta\":\"SECRET\"}".formatted(type));
      call.event("{\"type\":\"response.%s.done\",\"text\":\"SECRET\"}".formatted(type));
    }
    call.event(DELTA);
    call.event(COMPLETED);
    call.endStream();

    assertThat(reading.text()).isEqualTo("Hi");
    assertThat(reading.events().toString()).doesNotContain("SECRET");
  }

  @Test
  void sendsNothingBeforeItIsRead() {
    client.ask(OpenAiClient.aQuestion()).close();

    assertThat(provider.connections()).isZero();
  }

  @Test
  void postsToTheResponsesOfTheBase() {
    assertThat(callOf(ProviderSettings.plain(provider.base())).line())
        .isEqualTo("POST /v1/responses HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//"})
  void toleratesASlashAtTheEndOfTheBase(String slash) {
    URI base = URI.create(provider.base() + slash);

    assertThat(callOf(ProviderSettings.plain(base)).line())
        .isEqualTo("POST /v1/responses HTTP/1.1");
  }

  @Test
  void sendsTheKeyAndTheRequestIdInHeaders() {
    Call call = callOf(ProviderSettings.plain(provider.base()));

    assertThat(call.headers())
        .containsEntry("authorization", "Bearer " + ProviderSettings.KEY)
        .containsEntry("x-request-id", "request-1")
        .containsEntry("x-client-request-id", "request-1")
        .containsEntry("accept", "text/event-stream")
        .containsEntry("user-agent", "minimal-chatbot")
        .hasEntrySatisfying(
            "content-type", type -> assertThat(type).startsWith("application/json"));
  }

  @Test
  void asksForNothingThatItWouldNotUnderstand() {
    assertThat(callOf(ProviderSettings.plain(provider.base())).headers())
        .doesNotContainKeys("accept-encoding", "cookie", "expect", "te", "upgrade");
  }

  @Test
  void asksForTheLeastThatEveryServerUnderstands() throws IOException {
    Prompt prompt =
        new Prompt(
            "request-1",
            List.of(
                new Message(Role.SYSTEM, "Be brief."),
                new Message(Role.USER, "Hi \"there\"\n\u2028é👋"),
                new Message(Role.ASSISTANT, "Hello!"),
                new Message(Role.USER, "Who am I?")));
    Reading reading = new Reading(client.ask(prompt));
    Call call = provider.take();
    reading.close();

    assertThat(JSON.readTree(call.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"model":"test-model",
                 "input":[
                   {"type":"message","role":"system","content":"Be brief."},
                   {"type":"message","role":"user","content":"Hi \\"there\\"\\n\\u2028é👋"},
                   {"type":"message","role":"assistant","content":"Hello!"},
                   {"type":"message","role":"user","content":"Who am I?"}],
                 "stream":true,
                 "store":false}
                """));
  }

  @Test
  void asksForWhatTheOperatorHasSet() throws IOException {
    Call call = callOf(ProviderSettings.of(provider.base(), "You are terse.", 256, 0.5, "low"));

    assertThat(JSON.readTree(call.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"model":"test-model",
                 "instructions":"You are terse.",
                 "input":[{"type":"message","role":"user","content":"Hello?"}],
                 "stream":true,
                 "store":false,
                 "max_output_tokens":256,
                 "temperature":0.5,
                 "reasoning":{"effort":"low"}}
                """));
  }

  @Test
  void neverPutsTheKeyIntoTheBody() {
    assertThat(callOf(ProviderSettings.plain(provider.base())).body())
        .doesNotContain(ProviderSettings.KEY);
  }

  @Test
  void takesAWholeDocumentFromAServerThatDoesNotStream() {
    Reading reading = client.ask();
    provider
        .take()
        .answer(
            "200 OK",
            "application/json; charset=utf-8",
            "{\"id\":\"resp_1\",\"model\":\"m\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}");

    assertThat(reading.events())
        .containsExactly(new Started("resp_1", "m"), new TextDelta("Hi"), new Completed(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/event-stream", "text/event-stream;charset=UTF-8", "Text/Event-Stream"})
  void takesAStreamHoweverItsTypeIsWritten(String type) {
    Reading reading = client.ask();
    provider.take().answer("200 OK", type, "data: " + DELTA + "\n\ndata: " + COMPLETED + "\n\n");

    assertThat(reading.text()).isEqualTo("Hi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>SECRET</p>",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nSECRET",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nSECRET",
        "HTTP/1.1 200 OK\r\nContent-Type: ?\r\nContent-Length: 6\r\n\r\nSECRET",
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        "SECRET\r\n\r\n",
        "HTTP/1.1 abc SECRET\r\n\r\n"
      })
  void failsWhereTheProviderDoesNotAnswer(String answer) {
    Reading reading = client.ask();
    Call call = provider.take();
    call.send(answer);
    call.hangUp();

    assertThat(reading.failure())
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .extracting(Failure::userMessage)
        .isEqualTo(ErrorCode.PROVIDER_ERROR.message());
    assertThat(reading.events()).isEmpty();
  }

  @Test
  void failsWhereTheStreamSaysThatItIsDoneBeforeItsEnd() {
    Reading reading = client.ask();
    Call call = provider.take();
    call.openStream();
    call.event(DELTA);
    call.event("[DONE]");

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    assertThat(reading.text()).isEqualTo("Hi");
  }

  @Test
  void failsOnAnEventThatNobodyShouldHold() {
    Reading reading = client.ask();
    Call call = provider.take();
    call.openStream();
    call.chunk("data: " + "x".repeat(5 << 20));

    assertThat(reading.failure()).has(Failures.code(ErrorCode.PROVIDER_ERROR));
    call.awaitHangUp();
  }

  @Test
  void tellsOnlyTheFirstOfTwoFailures() {
    Reading reading = client.ask();
    Call call = provider.take();
    call.openStream();
    call.event("{\"type\":\"error\",\"error\":{\"code\":\"rate_limit_exceeded\"}}");
    call.event(
        "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\"}}}");

    assertThat(reading.failure()).has(Failures.code(ErrorCode.OVERLOADED));
  }

  @Test
  void saysThatMoreIsHereWhereItIs() {
    var stream = client.ask(OpenAiClient.aQuestion());
    Thread.startVirtualThread(() -> {
      Call call = provider.take();
      call.openStream();
      call.chunk("data: %s\n\ndata: %s\n\ndata: {".formatted(DELTA, DELTA));
    });

    assertThat(stream.moreIsHere()).isFalse();
    stream.next();
    assertThat(stream.moreIsHere()).isTrue();
    stream.next();
    assertThat(stream.moreIsHere()).isFalse();
    stream.close();
  }

  @Test
  void saysThatMoreIsHereBetweenTheEventsOfADocument() {
    var stream = client.ask(OpenAiClient.aQuestion());
    Thread.startVirtualThread(
        () -> provider.take().answer("200 OK", "application/json", "{\"output\":[]}"));

    assertThat(stream.next()).isInstanceOf(Started.class);
    assertThat(stream.moreIsHere()).isTrue();
    assertThat(stream.next()).isInstanceOf(Completed.class);
    assertThat(stream.moreIsHere()).isFalse();
    stream.close();
  }

  /// The request that these settings make of a question.
  private Call callOf(UpstreamProperties properties) {
    try (OpenAiClient asking = new OpenAiClient(properties);
        Reading _ = asking.ask()) {
      return provider.take();
    }
  }

  private void assertRelays(Recording recording, Delivery delivery) {
    Reading reading = client.ask();
    Call call = provider.take();
    delivery.send(call, recording.bytes());

    assertThat(reading.text()).isEqualTo(recording.text());
    assertEnds(reading, recording.end());
  }

  private static void assertEnds(Reading reading, JsonNode end) {
    JsonNode response = end.path("response");
    switch (end.path("type").asText()) {
      case "response.completed" ->
          assertThat(ended(reading)).isEqualTo(new Completed(usage(response.path("usage"))));
      case "response.incomplete" ->
          assertThat(ended(reading))
              .isEqualTo(
                  new Incomplete(
                      response.at("/incomplete_details/reason").asText(),
                      usage(response.path("usage"))));
      case "" ->
          assertThat(reading.failure())
              .has(Failures.code(ErrorCode.PROVIDER_ERROR))
              .hasMessageContaining("ended early");
      case String _ -> assertThat(reading.failure()).has(Failures.code(meaning(end)));
    }
  }

  private static UpstreamEvent ended(Reading reading) {
    assertThat(reading.failure()).isNull();
    return reading.events().getLast();
  }

  private static ErrorCode meaning(JsonNode end) {
    String code =
        Stream.of("/error/code", "/response/error/code", "/code")
            .map(path -> end.at(path).asText())
            .filter(word -> !word.isEmpty())
            .findFirst()
            .orElse("");
    return switch (code) {
      case "rate_limit_exceeded" -> ErrorCode.OVERLOADED;
      case "context_length_exceeded" -> ErrorCode.CONTEXT_TOO_LONG;
      default -> ErrorCode.PROVIDER_ERROR;
    };
  }

  private static @Nullable Usage usage(JsonNode usage) {
    return usage.isObject()
        ? new Usage(
            usage.path("input_tokens").asLong(),
            usage.at("/input_tokens_details/cached_tokens").asLong(),
            usage.path("output_tokens").asLong(),
            usage.at("/output_tokens_details/reasoning_tokens").asLong(),
            usage.path("total_tokens").asLong())
        : null;
  }

  /// How a body comes over the wire.
  private enum Delivery {
    IN_CHUNKS_OF_1(1, Integer.MAX_VALUE),
    IN_CHUNKS_OF_3(3, Integer.MAX_VALUE),
    IN_CHUNKS_OF_7(7, Integer.MAX_VALUE),
    IN_CHUNKS_OF_1000(1000, Integer.MAX_VALUE),
    IN_CHUNKS_CUT_AT_EVERY_BYTE(7, 1),
    IN_CHUNKS_CUT_AT_EVERY_FIFTH(13, 5),
    UNTIL_THE_CLOSE_BY_1(0, 1),
    UNTIL_THE_CLOSE_BY_3(0, 3),
    UNTIL_THE_CLOSE_BY_7(0, 7),
    UNTIL_THE_CLOSE_BY_1000(0, 1000);

    private static final int MANY_PIECES = 30_000;

    private final int chunkSize;
    private final int pieceSize;

    Delivery(int chunkSize, int pieceSize) {
      this.chunkSize = chunkSize;
      this.pieceSize = pieceSize;
    }

    /// The longest recordings do not come in the smallest pieces: that proves nothing more.
    boolean isQuickWith(Recording recording) {
      return recording.bytes().length / Math.min(pieceSize, Math.max(1, chunkSize)) < MANY_PIECES;
    }

    void send(Call call, byte[] body) {
      if (chunkSize == 0) {
        call.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        call.send(body, pieceSize);
        call.hangUp();
        return;
      }
      call.openStream();
      ByteArrayOutputStream chunks = new ByteArrayOutputStream();
      for (int start = 0; start < body.length; start += chunkSize) {
        int end = Math.min(body.length, start + chunkSize);
        chunks.writeBytes(Call.chunkOf(Arrays.copyOfRange(body, start, end)));
      }
      call.send(chunks.toByteArray(), pieceSize);
      call.endStream();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}

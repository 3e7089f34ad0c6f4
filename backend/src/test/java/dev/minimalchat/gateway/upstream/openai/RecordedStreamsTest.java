package dev.minimalchat.gateway.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.Prompt;
import dev.minimalchat.gateway.upstream.Provider;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// The client against whole streams, replayed over a socket in odd pieces: the text must be exactly
/// what the deltas say, and the ending the one that was recorded.
class RecordedStreamsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<Integer> PIECES = List.of(1, 3, 7, 1000);

  private static final String OUR_OWN =
      """
      data: {"type":"response.created","response":{"id":"resp_1","model":"m"}}

      : still here

      event: response.reasoning_text.delta
      data: {"type":"response.reasoning_text.delta","delta":"hidden"}

      event: response.output_text.delta
      data: {"type":"response.output_text.delta","delta":"Grüße, 世界 "}

      data: {"delta":"🎉","type":"response.output_text.delta"}
      event: response.output_text.delta

      data: {"type":"response.completed","response":{"status":"completed","usage":null}}

      """;

  /// How each recording ends where that is not `completed`.
  private static final Map<String, String> ENDINGS =
      Map.of(
          "openai-error-flat-rate_limit.jsonl", "overloaded",
          "openai-error-then-failed-insufficient_quota.jsonl", "provider_error",
          "openai-failed-context_length-newline-in-message.sse", "context_too_long",
          "openai-incomplete-max_output_tokens-text.jsonl", "max_output_tokens",
          "transformers-serve-truncated.sse", "provider_error");

  private static final ThreadPoolTaskScheduler TIMERS = new ThreadPoolTaskScheduler();
  private static CloseableHttpClient client;

  private record Answer(String text, String ending) {}

  @BeforeAll
  static void open() {
    TIMERS.initialize();
    client =
        new ResponsesConfiguration().providerClient(properties(URI.create("http://127.0.0.1")));
  }

  @AfterAll
  static void close() throws IOException {
    client.close();
    TIMERS.shutdown();
  }

  @TestFactory
  Stream<DynamicTest> relaysOurOwnStreamHoweverItIsCut() {
    return replays("our own", OUR_OWN.getBytes(StandardCharsets.UTF_8), "completed");
  }

  @TestFactory
  Stream<DynamicTest> relaysEveryRecordedStreamHoweverItIsCut() {
    return SharedFixtures.list("streams")
        .filter(file -> file.toString().endsWith(".sse") || file.toString().endsWith(".jsonl"))
        .flatMap(RecordedStreamsTest::replays);
  }

  private static Stream<DynamicTest> replays(Path file) {
    String name = file.getFileName().toString();
    String ending = ENDINGS.getOrDefault(name, "completed");
    byte[] recorded = SharedFixtures.bytes(file);
    return name.endsWith(".sse")
        ? replays(name, recorded, ending)
        : Stream.concat(
            replays(name + " with event lines", framed(recorded, true), ending),
            replays(name + " without event lines", framed(recorded, false), ending));
  }

  private static Stream<DynamicTest> replays(String name, byte[] body, String ending) {
    Answer expected = new Answer(textOf(body), ending);
    return PIECES.stream()
        .filter(piece -> piece > 1 || body.length < 20_000)
        .flatMap(piece ->
            Stream.of(
                dynamicTest(
                    name + " in pieces of " + piece + ", chunked",
                    () -> replay(body, piece, true, expected)),
                dynamicTest(
                    name + " in pieces of " + piece + ", to the connection's end",
                    () -> replay(body, piece, false, expected))));
  }

  private static void replay(byte[] body, int piece, boolean chunked, Answer expected)
      throws IOException {
    try (ReplayServer server = new ReplayServer(body, piece, chunked)) {
      assertThat(answer(server.base())).isEqualTo(expected);
    }
  }

  private static Answer answer(URI base) {
    Provider provider = new Provider("custom", base, "sk-test", "m");
    Prompt prompt = new Prompt("test", List.of(new Message(Role.USER, "Hello")));
    StringBuilder text = new StringBuilder();
    var upstream = new ResponsesUpstream(client, provider, properties(base), TIMERS);
    try (UpstreamStream stream = upstream.ask(prompt)) {
      while (true) {
        switch (stream.next()) {
          case UpstreamEvent.TextDelta(String delta) -> text.append(delta);
          case UpstreamEvent.Completed _ -> {
            return new Answer(text.toString(), "completed");
          }
          case UpstreamEvent.Incomplete(String reason, var _) -> {
            return new Answer(text.toString(), reason);
          }
          case UpstreamEvent.Started _,
              UpstreamEvent.Working _,
              UpstreamEvent.Unknown _,
              UpstreamEvent.RefusalDelta _ -> {}
        }
      }
    } catch (Failure failure) {
      return new Answer(text.toString(), failure.code().code());
    }
  }

  /// The text as the recording's own JSON has it, found without the code under test. A block that
  /// no empty line closes does not count.
  private static String textOf(byte[] body) {
    String stream = new String(body, StandardCharsets.UTF_8);
    String whole = stream.substring(0, stream.lastIndexOf("\n\n") + 1);
    return whole
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> json(line.substring(6)))
        .filter(event -> event.path("type").asText().equals("response.output_text.delta"))
        .map(event -> event.path("delta").asText())
        .collect(Collectors.joining());
  }

  private static byte[] framed(byte[] lines, boolean withEventLine) {
    return new String(lines, StandardCharsets.UTF_8)
        .lines()
        .map(line ->
            (withEventLine ? "event: " + json(line).path("type").asText() + "\n" : "")
                + "data: "
                + line
                + "\n\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UpstreamProperties properties(URI base) {
    Duration enough = Duration.ofSeconds(30);
    return new UpstreamProperties(
        "sk-test", base, "m", null, null, null, null, enough, enough, enough, enough);
  }
}

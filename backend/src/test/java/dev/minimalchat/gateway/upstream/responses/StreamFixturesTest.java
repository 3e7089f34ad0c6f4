package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.Usage;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import dev.minimalchat.gateway.upstream.resilience.StreamCollector;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Complete streams over a socket: text, terminal event and usage equal the recorded ones.
class StreamFixturesTest {
  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());

  @TestFactory
  Stream<DynamicTest> parsesEveryFixtureForEveryChunking() {
    return StreamFixture.all()
        .flatMap(fixture ->
            Arrays.stream(ChunkedFixture.values())
                .filter(chunking -> chunking.isFastFor(fixture))
                .map(chunking ->
                    dynamicTest(
                        fixture.name() + ", " + chunking, () -> assertParses(fixture, chunking))));
  }

  private void assertParses(StreamFixture fixture, ChunkedFixture chunking) {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    chunking.send(call, fixture.bytes());

    assertThat(collector.text()).isEqualTo(fixture.text());
    assertTerminal(collector, fixture.terminalEvent());
  }

  private static void assertTerminal(StreamCollector collector, JsonNode terminal) {
    JsonNode response = terminal.path("response");
    switch (terminal.path("type").asText()) {
      case "response.completed" ->
          assertThat(lastEvent(collector)).isEqualTo(new Completed(usage(response.path("usage"))));
      case "response.incomplete" ->
          assertThat(lastEvent(collector))
              .isEqualTo(
                  new Incomplete(
                      response.at("/incomplete_details/reason").asText(),
                      usage(response.path("usage"))));
      case "" ->
          assertThat(collector.failure())
              .has(Failures.code(ErrorCode.PROVIDER_ERROR))
              .hasMessageContaining("ended early");
      case String _ -> assertThat(collector.failure()).has(Failures.code(errorCode(terminal)));
    }
  }

  private static UpstreamEvent lastEvent(StreamCollector collector) {
    assertThat(collector.failure()).isNull();
    return collector.events().getLast();
  }

  private static ErrorCode errorCode(JsonNode terminal) {
    String code =
        Stream.of("/error/code", "/response/error/code", "/code")
            .map(path -> terminal.at(path).asText())
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
    return usage.path("total_tokens").asLong() > 0
        ? new Usage(
            usage.path("input_tokens").asLong(),
            usage.at("/input_tokens_details/cached_tokens").asLong(),
            usage.path("output_tokens").asLong(),
            usage.at("/output_tokens_details/reasoning_tokens").asLong(),
            usage.path("total_tokens").asLong())
        : null;
  }
}

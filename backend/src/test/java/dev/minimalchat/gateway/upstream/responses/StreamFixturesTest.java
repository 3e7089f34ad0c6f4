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

/// The client against whole streams over a socket: the text must be exactly what the deltas say,
/// and the ending with its usage the one that was recorded.
class StreamFixturesTest {
  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());

  @TestFactory
  Stream<DynamicTest> relaysEveryAnswerHoweverItIsCut() {
    return StreamFixture.all()
        .flatMap(recording ->
            Arrays.stream(ChunkedFixture.values())
                .filter(delivery -> delivery.isQuickWith(recording))
                .map(delivery ->
                    dynamicTest(
                        recording.name() + ", " + delivery,
                        () -> assertRelays(recording, delivery))));
  }

  private void assertRelays(StreamFixture recording, ChunkedFixture delivery) {
    StreamCollector reading = client.collect();
    Call call = provider.take();
    delivery.send(call, recording.bytes());

    assertThat(reading.text()).isEqualTo(recording.text());
    assertEnds(reading, recording.end());
  }

  private static void assertEnds(StreamCollector reading, JsonNode end) {
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

  private static UpstreamEvent ended(StreamCollector reading) {
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
}

package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.resilience.StreamCollector;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams that end without the empty line after their last event.
class StreamEndTest {
  private static final String COMPLETED =
      "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}";

  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "\nevent: response.completed"})
  void aTerminalEventWithoutItsEmptyLineCounts(String end) {
    StreamCollector collector = answer(COMPLETED + end);

    assertThat(collector.failure()).isNull();
    assertThat(collector.text()).isEqualTo("Hi");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 7, 40, 69})
  void aTerminalEventThatIsCutOffDoesNot(int missing) {
    StreamCollector collector = answer(COMPLETED.substring(0, COMPLETED.length() - missing));

    assertThat(collector.failure())
        .isInstanceOf(Failure.class)
        .hasMessage("the provider's stream ended early");
  }

  /// The standard discards an event without its empty line, and its text may be cut off.
  @Test
  void aLastEventThatIsNotTheEndOfTheAnswerDoesNot() {
    StreamCollector collector =
        answer("data: {\"type\":\"response.output_text.delta\",\"delta\":\" more\"}");

    assertThat(collector.failure()).hasMessage("the provider's stream ended early");
    assertThat(collector.text()).isEqualTo("Hi");
  }

  private StreamCollector answer(String lastEvent) {
    StreamCollector collector = client.collect();
    Call call = provider.take();
    call.openStream();
    call.delta("Hi");
    call.chunk(lastEvent);
    call.endStream();
    return collector;
  }
}

package dev.minimalchat.gateway.upstream.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minimalchat.gateway.TestTimeouts;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several events that arrive in one packet, each in its own chunk.
class CoalescingEntityTest {
  private static final String HEAD =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/event-stream\r
      Transfer-Encoding: chunked\r
      \r
      """;

  @AutoClose private final SocketProvider provider = new SocketProvider();
  @AutoClose private final OpenAiClient client = new OpenAiClient(provider.base());
  @AutoClose private final UpstreamStream stream = client.stream(OpenAiClient.aRequest());

  @Test
  void allBufferedEventsAreReadyAfterOneRead() throws Exception {
    CompletableFuture<UpstreamEvent> first = readFirst();
    provider.take().send(HEAD + delta("one") + delta("two") + delta("three") + delta("four"));

    assertThat(await(first)).isEqualTo(new TextDelta("one"));
    for (String word : new String[] {"two", "three", "four"}) {
      assertThat(stream.ready()).as("before %s", word).isTrue();
      assertThat(stream.next()).isEqualTo(new TextDelta(word));
    }
    assertThat(stream.ready()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ";an-extension=longer-than-sixteen-bytes", " ; ext=\"a quoted value\""})
  void aPartialNextEventDoesNotDelayABufferedEvent(String extension) throws Exception {
    String next = delta("two").replaceFirst("\r\n", extension + "\r\n");
    for (int buffered = 0; buffered < next.length(); buffered++) {
      try (UpstreamStream partial = client.stream(OpenAiClient.aRequest())) {
        CompletableFuture<UpstreamEvent> first = CompletableFuture.supplyAsync(partial::next);
        Call call = provider.take();
        call.send(HEAD + delta("one") + next.substring(0, buffered));

        assertThat(await(first)).as("%d bytes buffered", buffered).isEqualTo(new TextDelta("one"));

        call.send(next.substring(buffered));
        assertThat(partial.next())
            .as("%d bytes buffered", buffered)
            .isEqualTo(new TextDelta("two"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not a size, but longer than one\r\n",
        "-5\r\n and more than that follows\r\n",
        "\r\n",
        ";\r\n",
        "1\r\nab",
        "1234567890abcdef\r\n"
      })
  void bufferedEventsAreReturnedBeforeAChunkError(String malformed) throws Exception {
    CompletableFuture<UpstreamEvent> first = readFirst();
    provider.take().send(HEAD + delta("one") + delta("two") + malformed);

    assertThat(await(first)).isEqualTo(new TextDelta("one"));
    assertThat(stream.next()).isEqualTo(new TextDelta("two"));
    assertThatThrownBy(stream::next)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("provider connection");
  }

  @Test
  void bufferedEventsAreReturnedBeforeTheEndOfTheStream() throws Exception {
    CompletableFuture<UpstreamEvent> first = readFirst();
    String end = "0\r\nTrailer-Of-The-Provider: longer than a size\r\n\r\n";
    provider.take().send(HEAD + delta("one") + event("{\"type\":\"response.completed\"}") + end);

    assertThat(await(first)).isEqualTo(new TextDelta("one"));
    assertThat(stream.next()).isInstanceOf(Completed.class);
    assertThat(stream.ready()).isFalse();
  }

  private CompletableFuture<UpstreamEvent> readFirst() {
    return CompletableFuture.supplyAsync(stream::next);
  }

  private static UpstreamEvent await(CompletableFuture<UpstreamEvent> event) throws Exception {
    return event.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
  }

  private static String delta(String text) {
    return event("{\"type\":\"response.output_text.delta\",\"delta\":\"" + text + "\"}");
  }

  private static String event(String json) {
    return new String(Call.chunkOf(("data: " + json + "\n\n").getBytes(UTF_8)), UTF_8);
  }

  @Test
  void skipsExtensionsAndTrailersAndKeepsTheConnection() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (UpstreamStream one = client.stream(OpenAiClient.aRequest())) {
        CompletableFuture<UpstreamEvent> first = CompletableFuture.supplyAsync(one::next);
        String chunk = delta("one").replaceFirst("\r\n", ";a=b\r\n");
        String end = event("{\"type\":\"response.completed\"}") + "000;c\r\nA: b\r\nC: d\r\n\r\n";
        provider.take().send((HEAD + chunk + end).getBytes(UTF_8), 3);

        assertThat(await(first)).isEqualTo(new TextDelta("one"));
        assertThat(one.next()).isInstanceOf(Completed.class);
      }
    }
    assertThat(provider.connections()).isEqualTo(1);
  }
}

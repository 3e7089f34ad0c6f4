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

/// Events that arrive together, each in a chunk of its own.
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
  @AutoClose private final UpstreamStream stream = client.stream(OpenAiClient.aQuestion());

  @Test
  void areAllHereAfterOneRead() throws Exception {
    CompletableFuture<UpstreamEvent> first = begin();
    provider.take().send(HEAD + delta("one") + delta("two") + delta("three") + delta("four"));

    assertThat(eventually(first)).isEqualTo(new TextDelta("one"));
    for (String word : new String[] {"two", "three", "four"}) {
      assertThat(stream.ready()).as("before %s", word).isTrue();
      assertThat(stream.next()).isEqualTo(new TextDelta(word));
    }
    assertThat(stream.ready()).isFalse();
  }

  @Test
  void areGivenWithoutWaitingForTheRestOfTheNextWhereverItIsCut() throws Exception {
    String next = delta("two");
    for (int here = 0; here < next.length(); here++) {
      try (UpstreamStream cut = client.stream(OpenAiClient.aQuestion())) {
        CompletableFuture<UpstreamEvent> first = CompletableFuture.supplyAsync(cut::next);
        Call call = provider.take();
        call.send(HEAD + delta("one") + next.substring(0, here));

        assertThat(eventually(first)).as("%d bytes here", here).isEqualTo(new TextDelta("one"));

        call.send(next.substring(here));
        assertThat(cut.next()).as("%d bytes here", here).isEqualTo(new TextDelta("two"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"not a size, but longer than one\r\n", "-5\r\n and more than that is here\r\n"})
  void areGivenBeforeTheFaultThatCameWithThem(String fault) throws Exception {
    CompletableFuture<UpstreamEvent> first = begin();
    provider.take().send(HEAD + delta("one") + delta("two") + fault);

    assertThat(eventually(first)).isEqualTo(new TextDelta("one"));
    assertThat(stream.next()).isEqualTo(new TextDelta("two"));
    assertThatThrownBy(stream::next)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("provider connection");
  }

  @Test
  void areGivenWithTheEndOfTheStreamThatCameWithThem() throws Exception {
    CompletableFuture<UpstreamEvent> first = begin();
    String end = "0\r\nTrailer-Of-The-Provider: longer than a size\r\n\r\n";
    provider.take().send(HEAD + delta("one") + event("{\"type\":\"response.completed\"}") + end);

    assertThat(eventually(first)).isEqualTo(new TextDelta("one"));
    assertThat(stream.next()).isInstanceOf(Completed.class);
    assertThat(stream.ready()).isFalse();
  }

  private CompletableFuture<UpstreamEvent> begin() {
    return CompletableFuture.supplyAsync(stream::next);
  }

  private static UpstreamEvent eventually(CompletableFuture<UpstreamEvent> event) throws Exception {
    return event.get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
  }

  private static String delta(String text) {
    return event("{\"type\":\"response.output_text.delta\",\"delta\":\"" + text + "\"}");
  }

  private static String event(String json) {
    return new String(Call.chunkOf(("data: " + json + "\n\n").getBytes(UTF_8)), UTF_8);
  }
}

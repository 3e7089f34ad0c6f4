package dev.minimalchat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCall;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Restarted;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopSequenceStreamTest {
  private static final Usage USAGE = new Usage(1, 0, 1, 0, 2);

  private final FakeUpstreamStream provider = new FakeUpstreamStream();

  /// `/` separates the deltas and the stop sequences.
  @ParameterizedTest
  @CsvSource({
    "one STOP two, STOP, 'one '",
    "one ST/OP two, STOP, 'one '",
    "one /S/T/O/P, STOP, 'one '",
    "STOP, STOP, ''",
    "aSTOPbSTOP, STOP, a",
    "STSTOP, STOP, ST",
    "aab/aac, aac, aab",
    "aaa/b, aab, a",
    "x END y STOP, STOP/END, 'x '",
    "x ENDSTOP, STOP/DST, 'x EN'",
    "a👋b, 👋, a"
  })
  void endsBeforeTheFirstSequence(String deltas, String sequences, String text) {
    for (String delta : parts(deltas)) {
      provider.emits(new TextDelta(delta));
    }
    List<UpstreamEvent> events = read(sequences);

    assertThat(text(events)).isEqualTo(text);
    assertThat(events.getLast()).isEqualTo(new Completed(null));
    assertThat(provider.isClosed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"one/ two, STOP", "one ST/OK, STOP", "one ST, STOP", "STO/STO, STOP", "S, STOP/S1"})
  void withoutASequenceNothingIsLost(String deltas, String sequences) {
    for (String delta : parts(deltas)) {
      provider.emits(new TextDelta(delta));
    }
    provider.emits(new Completed(USAGE));
    List<UpstreamEvent> events = read(sequences);

    assertThat(text(events)).isEqualTo(deltas.replace("/", ""));
    assertThat(events.getLast()).isEqualTo(new Completed(USAGE));
    assertThat(provider.isClosed()).isFalse();
  }

  @Test
  void textThatIsHeldBackComesBeforeWhatFollows() {
    provider.emits(
        new Created("p", "m"),
        new TextDelta("one ST"),
        new FunctionCall(0, "c", "f"),
        new TextDelta("OP"),
        new Incomplete("max_output_tokens", USAGE));

    assertThat(read("STOP"))
        .containsExactly(
            new Created("p", "m"),
            new TextDelta("one "),
            new TextDelta("ST"),
            new FunctionCall(0, "c", "f"),
            new TextDelta("OP"),
            new Incomplete("max_output_tokens", USAGE));
  }

  @Test
  void anAnswerThatBeginsAgainHasNothingOfTheFirst() {
    provider.emits(
        new TextDelta("ST"), new Restarted("p", "m"), new TextDelta("OP"), new Completed(USAGE));

    assertThat(text(read("STOP"))).isEqualTo("OP");
  }

  @Test
  void aTextThatIsHeldBackWholeIsProgress() {
    provider.emits(new TextDelta("ST"));
    UpstreamStream stream = provider.stoppingAt(List.of("STOP"));

    assertThat(stream.next()).isEqualTo(new UpstreamEvent.InProgress());
    assertThat(stream.ready()).isFalse();
  }

  @Test
  void withoutSequencesTheStreamIsTheProviders() {
    assertThat(provider.stoppingAt(List.of())).isSameAs(provider);
  }

  private List<UpstreamEvent> read(String sequences) {
    UpstreamStream stream = provider.stoppingAt(parts(sequences));
    List<UpstreamEvent> events = new ArrayList<>();
    do {
      events.add(stream.next());
    } while (!events.getLast().isTerminal());
    return events;
  }

  private static List<String> parts(String text) {
    return Arrays.asList(text.split("/", -1));
  }

  private static String text(List<UpstreamEvent> events) {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> {
      if (event instanceof TextDelta(String delta)) {
        text.append(delta);
      }
    });
    return text.toString();
  }
}

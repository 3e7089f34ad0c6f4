package dev.minimalchat.gateway.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.RefusalDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Restarted;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTextTest {
  private final AnswerText text = new AnswerText("resp_own", "own-model");

  @Test
  void hasNoEventsAtFirst() {
    assertThat(text.has(-1)).isTrue();
    assertThat(text.after(-1)).isEmpty();
    assertThat(text.next()).isZero();
  }

  @Test
  void beginsWithTheResponseOfTheProvider() {
    text.start("resp_1", "model-1");
    text.start("resp_2", "model-2");

    assertThat(text.after(-1)).containsExactly(new Created("resp_1", "model-1"));
    assertThat(text.next()).isEqualTo(1);
  }

  @Test
  void beginsWithItsOwnResponseWhereTheProviderSendsNone() {
    text.add("a", false);

    assertThat(text.after(-1))
        .containsExactly(new Created("resp_own", "own-model"), new TextDelta("a"));
    assertThat(text.next()).isEqualTo(2);
  }

  @Test
  void makesEveryEventAgainFromEveryNumber() {
    List<UpstreamEvent> events =
        List.of(
            new Created("resp_1", "model-1"),
            new TextDelta("Zwölf "),
            new RefusalDelta("no"),
            new TextDelta("\ud83d"),
            new TextDelta("\ude00 漢字"),
            new TextDelta("\n"));
    text.start("resp_1", "model-1");
    text.add("Zwölf ", false);
    text.add("no", true);
    text.add("\ud83d", false);
    text.add("\ude00 漢字", false);
    text.add("\n", false);

    for (int after = -1; after < events.size(); after++) {
      assertThat(text.has(after)).isTrue();
      assertThat(text.after(after))
          .as("after %d", after)
          .isEqualTo(events.subList(after + 1, events.size()));
      assertThat(text.firstAfter(after)).isEqualTo(after + 1);
    }
  }

  @Test
  void hasNothingAfterTheTerminalEventWhateverTheNumberOfDeltas() {
    for (int i = 1; i < 100; i++) {
      text.add("a", false);
      assertThat(text.after(text.next())).isEmpty();
    }
  }

  @Test
  void givesALongAnswerInPieces() {
    List<String> deltas = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      deltas.add("word" + i + " ");
      text.add(deltas.getLast(), false);
    }

    List<String> read = new ArrayList<>();
    long after = 0;
    while (after + 1 < text.next()) {
      List<UpstreamEvent> piece = text.after(after);
      assertThat(piece).isNotEmpty().hasSizeLessThanOrEqualTo(256);
      piece.forEach(event -> read.add(((TextDelta) event).text()));
      after += piece.size();
    }

    assertThat(read).isEqualTo(deltas);
  }

  @Test
  void dropsTheTextWhenTheAnswerBeginsAgain() {
    text.start("resp_1", "model-1");
    text.add("first", false);
    text.add("second", false);
    text.restart("resp_2", "model-2");
    text.add("other", false);

    for (long after : new long[] {-1, 0, 1, 2}) {
      assertThat(text.has(after)).isTrue();
      assertThat(text.firstAfter(after)).isEqualTo(3);
      assertThat(text.after(after))
          .containsExactly(new Restarted("resp_2", "model-2"), new TextDelta("other"));
    }
    assertThat(text.after(3)).containsExactly(new TextDelta("other"));
    assertThat(text.next()).isEqualTo(5);
  }

  @Test
  void dropsTheOlderHalfOfAnAnswerThatIsTooLong() {
    String delta = "x".repeat(1000);
    for (int i = 0; i < 1000; i++) {
      text.add(delta, false);
      assertThat(text.bytes()).isLessThanOrEqualTo(2 * AnswerText.MAX_BYTES);
    }

    assertThat(text.next()).isEqualTo(1001);
    assertThat(text.has(-1)).isFalse();
    assertThat(text.has(0)).isFalse();
    assertThat(text.has(950)).isTrue();
    assertThat(text.after(950)).hasSize(33).allMatch(new TextDelta(delta)::equals);
  }

  @Test
  void anEventOfAnySizeLeavesItInItsLimit() {
    text.add("x".repeat(3 * AnswerText.MAX_BYTES), false);
    text.add("y", false);

    assertThat(text.bytes()).isLessThan(AnswerText.MAX_BYTES);
    assertThat(text.has(0)).isFalse();
    assertThat(text.after(1)).containsExactly(new TextDelta("y"));
  }

  @Test
  void keepsTheNumbersWhenEverythingIsDropped() {
    text.add("a", false);
    text.dropAll();
    text.add("b", false);

    assertThat(text.has(0)).isFalse();
    assertThat(text.after(1)).containsExactly(new TextDelta("b"));
    assertThat(text.next()).isEqualTo(3);
  }

  @Test
  void anAnswerOfAThousandWordsNeedsAFewKilobytes() {
    for (int i = 0; i < 1000; i++) {
      text.add("words ", false);
    }

    assertThat(text.bytes()).isBetween(10_000, 16_000);
  }
}

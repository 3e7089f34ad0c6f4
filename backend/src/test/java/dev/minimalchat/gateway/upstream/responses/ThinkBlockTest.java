package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.ReasoningText;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each text arrives whole, split at every position, and one character at a time.
class ThinkBlockTest {
  private static final int MAX_HELD_CHARS = (256 << 10) / Character.BYTES;

  private int reserved;
  private int memory = Integer.MAX_VALUE;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<think>Hm, 1 < 2 </thin</think>Yes. | Hm, 1 < 2 </thin | Yes.",
        "<thinking>Hm</think></thinking>Yes. | Hm</think>       | Yes.",
        "`  ~<think>~Hm~</think>~~ Yes. ~`   | `~Hm~`           | `Yes. ~`",
        "<think>👩‍👩‍👧‍👦</think>漢字               | 👩‍👩‍👧‍👦           | 漢字",
        "<think>~~</think>~~Yes.             | `~~`             | Yes.",
        "<think></think>Yes.                 | ``               | Yes.",
        "<think>Hm</think>~ ~                | Hm               | ``",
        "<think>a</think><think>b</think>c   | a                | <think>b</think>c",
        "~~</think>~~Yes.                    | ``               | Yes.",
        "</thinking>Yes.                     | ``               | Yes."
      })
  void movesABlockAtTheBeginning(String text, String reasoning, String answer) {
    assertParts(lines(text), lines(reasoning), lines(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Yes.",
        "",
        "  \n",
        "\n\nYes. <think>no</think>",
        "a<think>b</think>c",
        "<thin",
        "<thinker>a</thinker>",
        "<think/>Yes.",
        "<think >a</think >",
        "<Think>a</Think>",
        "<b>bold</b>",
        "</thin",
        "< think>",
        "<<think>a</think>"
      })
  void leavesEverythingElse(String text) {
    assertParts(text, "", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<think>", "<think>It is 4.", " <thinking>a</think>b", "<think>a</think"})
  void isTextWithoutAnEndTag(String text) {
    for (int split = 0; split <= text.length(); split++) {
      assertThat(answer(text.substring(0, split), text.substring(split))).isEqualTo(text);
    }
  }

  @Test
  void whiteSpaceWithoutAnEndIsText() {
    String space = " ".repeat(5000);

    assertThat(answer(space, "<think>a</think>")).isEqualTo(space + "<think>a</think>");
  }

  @Test
  void anotherItemEndsAnUndecidedBeginning() {
    ThinkBlock block = block();
    block.text("\n<thi");

    assertThat(block.endBeginning()).containsExactly(new TextDelta("\n<thi"));
    assertThat(block.endBeginning()).isEmpty();
    assertThat(block.text("nk>")).containsExactly(new TextDelta("nk>"));
  }

  @Test
  void aBlockThatIsTooLongStaysReasoning() {
    ThinkBlock block = block();
    List<UpstreamEvent> events = new ArrayList<>(block.text("<think>"));
    String piece = "x".repeat(1000);
    for (int i = 0; i <= MAX_HELD_CHARS; i += piece.length()) {
      events.addAll(block.text(piece));
    }
    events.addAll(block.text("</thi"));
    events.addAll(block.end());

    assertThat(events).hasOnlyElementsOfType(ReasoningText.class);
    assertThat(events).endsWith(new ReasoningText(0, "</thi"));
    assertThat(reserved).isLessThanOrEqualTo(4 * MAX_HELD_CHARS);
  }

  @Test
  void aBlockThatMemoryIsShortForStaysReasoning() {
    memory = 0;
    ThinkBlock block = block();
    List<UpstreamEvent> events = new ArrayList<>(block.text("<think>" + "x".repeat(10_000)));
    events.addAll(block.text("</think>Yes."));

    assertThat(events).endsWith(new TextDelta("Yes."));
    assertThat(events).hasSize(2);
  }

  @Test
  void aShortBlockNeedsNoReservation() {
    ThinkBlock block = block();
    block.text("<think>" + "x".repeat(1000));

    assertThat(reserved).isZero();
  }

  private void assertParts(String text, String reasoning, String answer) {
    for (int split = 0; split <= text.length(); split++) {
      String[] deltas = {text.substring(0, split), text.substring(split)};
      assertThat(answer(deltas)).as("split at %d", split).isEqualTo(answer);
      assertThat(reasoning(deltas)).as("split at %d", split).isEqualTo(reasoning);
    }
    assertThat(answer(text.split(""))).isEqualTo(answer);
    assertThat(reasoning(text.split(""))).isEqualTo(reasoning);
  }

  private String answer(String... deltas) {
    StringBuilder text = new StringBuilder();
    events(deltas).forEach(event -> text.append(event instanceof TextDelta(String it) ? it : ""));
    return text.toString();
  }

  private String reasoning(String... deltas) {
    StringBuilder text = new StringBuilder();
    events(deltas)
        .forEach(event -> text.append(event instanceof ReasoningText(_, String it) ? it : ""));
    return text.toString();
  }

  private List<UpstreamEvent> events(String... deltas) {
    ThinkBlock block = block();
    List<UpstreamEvent> events = new ArrayList<>();
    for (String delta : deltas) {
      if (!delta.isEmpty()) {
        events.addAll(block.text(delta));
      }
    }
    events.addAll(block.end());
    return events;
  }

  private ThinkBlock block() {
    return new ThinkBlock(
        thought -> new ReasoningText(0, thought),
        bytes -> {
          reserved += bytes;
          return reserved <= memory;
        });
  }

  /// A tilde stands for a line end.
  private static String lines(String text) {
    return text.replace('~', '\n');
  }
}

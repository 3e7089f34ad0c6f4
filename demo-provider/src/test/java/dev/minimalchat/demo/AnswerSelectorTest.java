package dev.minimalchat.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerSelectorTest {
  private final AnswerSelector selector = new AnswerSelector(null);

  @Test
  void quotesAMessageThatHasNoTopic() {
    assertThat(textOf("I am `sad`"))
        .startsWith("This is the built-in demo, not a model. You wrote: “I am \\`sad\\`”")
        .contains("OPENAI_API_KEY");
  }

  @Test
  void quotesAPlaceholderAsItIs() {
    assertThat(textOf("{message} $1")).contains("“\\{message\\} \\$1”");
  }

  @Test
  void answersATopicWithItsText() {
    assertThat(textOf("Write a haiku about streams")).isEqualTo(Topic.HAIKU.text());
  }

  @Test
  void prefersADrillToATopic() {
    assertThat(select("/drill table")).isNotEqualTo(select("table"));
    assertThat(select("/drill key")).isEqualTo(Drill.KEY.answer());
  }

  @Test
  void theBriefModelAnswersWithTheFirstParagraph() {
    Answer brief =
        selector.select(
            new DemoRequest(
                "demo-brief", List.of("Tell me a long story"), 0, false, false, List.of(), 0));

    assertThat(textOf(brief)).isNotBlank().doesNotContain("\n\n");
    assertThat(Topic.JOURNEY.text()).startsWith(textOf(brief));
  }

  @Test
  void summarisesItsReasoningOnlyIfItIsAskedFor() {
    assertThat(contents("Compare tea and coffee in a table", false))
        .doesNotContain(Content.SUMMARY);
    assertThat(contents("Compare tea and coffee in a table", true))
        .startsWith(Content.SUMMARY)
        .endsWith(Content.TEXT);
  }

  @Test
  void searchesOnlyIfItMay() {
    Answer searched =
        selector.select(
            new DemoRequest("demo", List.of("Write a haiku"), 0, false, true, List.of(), 0));

    assertThat(((Answer.Streamed) searched).steps())
        .anyMatch(step -> step.equals(new Step.WebSearch("Write a haiku", Duration.ofMillis(800))))
        .filteredOn(Step.Annotation.class::isInstance)
        .hasSize(2);
    assertThat(((Answer.Streamed) select("Write a haiku")).steps())
        .noneMatch(Step.WebSearch.class::isInstance);
  }

  private List<Content> contents(String message, boolean wantsSummary) {
    Answer answer =
        selector.select(
            new DemoRequest("demo", List.of(message), 0, wantsSummary, false, List.of(), 0));
    return ((Answer.Streamed) answer)
        .steps().stream()
            .filter(Step.Text.class::isInstance)
            .map(step -> ((Step.Text) step).content())
            .toList();
  }

  private Answer select(String message) {
    return selector.select(
        new DemoRequest("demo", List.of(message), 0, false, false, List.of(), 0));
  }

  private String textOf(String message) {
    return textOf(select(message));
  }

  private static String textOf(Answer answer) {
    return assertThat(answer).asInstanceOf(type(Answer.Streamed.class)).actual().steps().stream()
        .filter(Step.Text.class::isInstance)
        .map(Step.Text.class::cast)
        .map(Step.Text::text)
        .findFirst()
        .orElseThrow();
  }
}

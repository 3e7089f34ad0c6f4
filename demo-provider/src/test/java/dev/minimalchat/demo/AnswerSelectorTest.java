package dev.minimalchat.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

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

  private Answer select(String message) {
    return selector.select(new DemoRequest("demo", List.of(message), 0));
  }

  private String textOf(String message) {
    return assertThat(select(message))
        .asInstanceOf(type(Answer.Streamed.class))
        .actual()
        .steps()
        .stream()
        .filter(Step.Text.class::isInstance)
        .map(Step.Text.class::cast)
        .map(Step.Text::text)
        .findFirst()
        .orElseThrow();
  }
}

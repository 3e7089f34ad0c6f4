package dev.minimalchat.gateway.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.Citation;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Annotation;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FileSearch;
import dev.minimalchat.gateway.upstream.UpstreamEvent.ReasoningSummary;
import dev.minimalchat.gateway.upstream.UpstreamEvent.ReasoningText;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Restarted;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.WebSearch;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The model's work in an [AnswerText].
class AnswerWorkTest {
  private static final List<UpstreamEvent> EVENTS =
      List.of(
          new Created("resp_1", "model-1"),
          new ReasoningSummary(0, "First "),
          new ReasoningSummary(0, "part 漢"),
          new WebSearch(1, null, null),
          new ReasoningSummary(0, "."),
          new ReasoningSummary(1, "Second"),
          new ReasoningText(0, "clear"),
          new WebSearch(1, "query", null),
          new FileSearch(2),
          new TextDelta("Yes"),
          new Annotation(new Citation.Url("https://example.com/", "Title")),
          new Annotation(new Citation.File("a.pdf")),
          new TextDelta("."));

  private final AnswerText text = new AnswerText("resp_own", "own-model");

  @Test
  void makesEveryEventAgainFromEveryNumber() {
    EVENTS.forEach(this::add);

    for (int after = -1; after < EVENTS.size(); after++) {
      assertThat(text.after(after))
          .as("after %d", after)
          .isEqualTo(EVENTS.subList(after + 1, EVENTS.size()));
    }
  }

  @Test
  void isVoidWhenTheAnswerBeginsAgain() {
    EVENTS.forEach(this::add);
    text.restart("resp_2", "model-2");
    add(new ReasoningText(0, "other"));

    assertThat(text.after(-1))
        .containsExactly(new Restarted("resp_2", "model-2"), new ReasoningText(0, "other"));
    assertThat(text.next()).isEqualTo(EVENTS.size() + 2);
  }

  @Test
  void keepsWhatTheNewerHalfNeeds() {
    text.start("resp_1", "model-1");
    String piece = "x".repeat(1000);
    for (int i = 0; i < 1000; i++) {
      add(new ReasoningSummary(0, piece));
      add(new FileSearch(i));
      assertThat(text.bytes()).isLessThanOrEqualTo(2 * AnswerText.MAX_BYTES);
    }

    assertThat(text.has(0)).isFalse();
    assertThat(text.after(1996))
        .containsExactly(
            new ReasoningSummary(0, piece),
            new FileSearch(998),
            new ReasoningSummary(0, piece),
            new FileSearch(999));
  }

  @Test
  void sourcesOfAnySizeLeaveItInItsLimit() {
    String address = "https://example.com/" + "x".repeat(2000);
    for (int i = 0; i < 500; i++) {
      add(new Annotation(new Citation.Url(address + i, null)));
      assertThat(text.bytes()).isLessThanOrEqualTo(AnswerText.MAX_BYTES);
    }

    assertThat(text.after(499))
        .containsExactly(new Annotation(new Citation.Url(address + 499, null)));
  }

  @Test
  void dropsItsMemoryWithTheText() {
    EVENTS.forEach(this::add);
    text.dropAll();

    assertThat(text.bytes()).isLessThanOrEqualTo(new AnswerText("", "").bytes());
  }

  private void add(UpstreamEvent event) {
    switch (event) {
      case Created(String id, String model) -> text.start(id, model);
      case TextDelta(String delta) -> text.add(delta, false);
      default -> text.addWork(event);
    }
  }
}

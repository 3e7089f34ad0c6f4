package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.completed;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.delta;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.event;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.itemDone;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.partDone;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.textDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.AnswerOptions.PageOptions;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.ReasoningSummary;
import dev.minimalchat.gateway.upstream.UpstreamEvent.ReasoningText;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The model's reasoning: summaries, in clear, and in a `<think>` block.
class EventMapperReasoningTest {
  private static final String SUMMARY =
      "{'type':'response.reasoning_summary_text.delta','output_index':%d,'summary_index':%d,'delta':'%s'}";

  private final EventMapper mapper = EventMappers.ofPage(API_KEY);

  @Test
  void numbersThePartsOfTheSummariesOverTheWholeAnswer() {
    assertThat(
            work(
                SUMMARY.formatted(0, 0, "a"),
                SUMMARY.formatted(0, 0, "b"),
                SUMMARY.formatted(0, 1, "c"),
                itemDone(0, "{'type':'reasoning','summary':[{'text':'ab'},{'text':'c'}]}"),
                SUMMARY.formatted(2, 0, "d")))
        .containsExactly(
            new ReasoningSummary(0, "a"),
            new ReasoningSummary(0, "b"),
            new ReasoningSummary(1, "c"),
            new ReasoningSummary(2, "d"));
  }

  @Test
  void relaysASummaryThatStandsOnlyInItsItem() {
    assertThat(
            work(
                itemDone(
                    0,
                    "{'type':'reasoning','summary':[{'type':'summary_text','text':'a'},{'text':7},{'text':'b'}]}")))
        .containsExactly(new ReasoningSummary(0, "a"), new ReasoningSummary(1, "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'response.reasoning_text.delta','output_index':0,'content_index':0,'delta':'Hm'}",
        "{'type':'response.reasoning_text.delta','item_id':'rs_1','delta':'Hm'}",
        "{'type':'response.reasoning.delta','delta':'Hm'}",
        "{'type':'response.reasoning.delta','delta':{'text':'Hm'}}"
      })
  void relaysReasoningInClear(String json) {
    assertThat(work(json, json))
        .containsExactly(new ReasoningText(0, "Hm"), new ReasoningText(0, "Hm"));
  }

  @Test
  void countsWhatIsNotRelayed() {
    EventMapper summariesOnly =
        EventMappers.of(
            API_KEY, AnswerOptions.ofPage("m", new PageOptions(List.of(), true, false, true)));

    assertThat(
            summariesOnly.map(event("{'type':'response.reasoning_text.delta','delta':'Hidden'}")))
        .containsExactly(new InProgress(6));
    assertThat(summariesOnly.map(event(delta(0, 0, "<think>Hidden</think>Yes."))))
        .containsExactly(new InProgress(6), new TextDelta("Yes."));
  }

  @Test
  void movesAThinkBlockThatTheServerRepeats() {
    String whole = "<think>Hm</think>\\n\\nYes, it is.";
    List<UpstreamEvent> events =
        map(
            delta(0, 0, "<thi"),
            delta(0, 0, "nk>Hm</think>\\n"),
            delta(0, 0, "\\nYes,"),
            textDone(0, 0, whole),
            partDone(0, 0, "{'type':'output_text','text':'" + whole + "'}"),
            itemDone(0, ProviderJson.message(whole)),
            completed("'output':[" + ProviderJson.message(whole) + "]"));

    assertThat(events)
        .filteredOn(event -> !(event instanceof InProgress))
        .containsExactly(
            new ReasoningText(0, "Hm"),
            new TextDelta("Yes,"),
            new TextDelta(" it is."),
            new Completed(null));
  }

  @Test
  void aThinkBlockAloneIsNoOutput() {
    assertThat(map(delta(0, 0, "<think>Hm</think>"), completed("'output':[]")))
        .containsExactly(new ReasoningText(0, "Hm"), new Incomplete("no_output", null));
  }

  @Test
  void aThinkBlockWithoutAnEndIsTheAnswer() {
    assertThat(map(delta(0, 0, "<think>It is 4."), completed("'output':[]")))
        .containsExactly(
            new ReasoningText(0, "It is 4."),
            new TextDelta("<think>It is 4."),
            new Completed(null));
  }

  @Test
  void aThinkBlockIsMovedInAWholeDocumentToo() {
    List<UpstreamEvent> events =
        mapper.mapDocument(
            ProviderJson.bytes(
                "{'output':[" + ProviderJson.message("<think>Hm</think>Yes.") + "]}"));

    assertThat(events)
        .contains(new ReasoningText(0, "Hm"), new TextDelta("Yes."))
        .endsWith(new Completed(null));
  }

  private List<UpstreamEvent> work(String... events) {
    return map(events).stream().filter(UpstreamEvent::isWork).toList();
  }

  private List<UpstreamEvent> map(String... events) {
    return Stream.of(events).flatMap(json -> mapper.map(event(json)).stream()).toList();
  }
}

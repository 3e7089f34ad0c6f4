package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.DELTA;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.delta;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.event;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.messageAdded;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.UpstreamEvent.InProgress;
import dev.minimalchat.gateway.upstream.UpstreamEvent.KeepAlive;
import dev.minimalchat.gateway.upstream.UpstreamEvent.MessageStart;
import dev.minimalchat.gateway.upstream.UpstreamEvent.RefusalDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events before the terminal event. The type in the JSON has precedence over the `event` field.
class EventMapperEventTest {
  private final EventMapper mapper = EventMappers.ofText(API_KEY);

  @ParameterizedTest
  @ValueSource(
      strings = {
        DELTA,
        "{'delta':'Hel','type':'response.output_text.delta'}",
        "{'type':'response.output_text.delta','sequence_number':4,'output_index':2,'content_index':0,'delta':'Hel','logprobs':[{'token':'Hel'}],'obfuscation':'zb2VZr3uMaj','item_id':'msg_1'}"
      })
  void mapsATextDeltaWithAnyOtherFields(String json) {
    assertThat(mapper.map(event(json))).containsExactly(new TextDelta("Hel"));
  }

  @Test
  void aPhaseStandsBeforeTheTextOfItsMessage() {
    assertThat(mapper.map(event(messageAdded(0, "'commentary'"))))
        .containsExactly(new InProgress());
    assertThat(mapper.map(event(delta(0, 0, "a"))))
        .containsExactly(new MessageStart("commentary", true), new TextDelta("a"));
    assertThat(mapper.map(event(delta(0, 0, "b")))).containsExactly(new TextDelta("b"));
    assertThat(mapper.map(event(messageAdded(1, "'final_answer'"))))
        .containsExactly(new InProgress());
    assertThat(mapper.map(event(delta(1, 0, "c"))))
        .containsExactly(new MessageStart("final_answer", false), new TextDelta("c"));
  }

  @Test
  void aPhaseIsAWord() {
    mapper.map(event(messageAdded(0, "'a sentence of the provider'")));

    assertThat(mapper.map(event(delta(0, 0, "a")))).containsExactly(new TextDelta("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "response.output_text.delta", "response.completed", "error"})
  void theJsonTypeOverridesTheEventField(String name) {
    assertThat(mapper.map(event(name, DELTA))).containsExactly(new TextDelta("Hel"));
  }

  @Test
  void usesTheEventFieldWithoutAJsonType() {
    assertThat(mapper.map(event("response.output_text.delta", "{'delta':'Hel'}")))
        .containsExactly(new TextDelta("Hel"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{'delta':'Hel'}", "{'object':'chat.completion.chunk','choices':[]}"})
  void mapsAnEventWithoutATypeToUnknown(String json) {
    assertThat(mapper.map(event(json))).containsExactly(new Unknown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[DONE",
        "[1]",
        "7",
        "null",
        "\"text\"",
        "{'type':{}}",
        "<html>",
        "{'a':1}}"
      })
  void mapsDataThatIsNotAWireEventToUnknown(String data) {
    assertThat(mapper.map(event(data))).containsExactly(new Unknown());
    assertThat(mapper.map(event(DELTA))).containsExactly(new TextDelta("Hel"));
  }

  /// OpenAI and Azure send them while a model thinks, so they reset the idle timeout.
  @ParameterizedTest
  @ValueSource(strings = {"keepalive", "ping", "response.queued", "response.in_progress"})
  void mapsASignOfLifeToKeepAlive(String type) {
    assertThat(mapper.map(event("{'type':'%s'}".formatted(type)))).containsExactly(new KeepAlive());
  }

  /// vLLM and OpenRouter send comments while they have no words.
  @Test
  void mapsACommentToKeepAlive() {
    assertThat(mapper.map(ServerSentEvent.COMMENT)).containsExactly(new KeepAlive());
  }

  @ParameterizedTest
  @ValueSource(strings = {"codex.rate_limits", "responsedelta"})
  void mapsATypeOutsideTheResponsesApiToUnknown(String type) {
    assertThat(mapper.map(event("{'type':'%s','delta':'x'}".formatted(type))))
        .containsExactly(new Unknown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "response.output_item.added",
        "response.output_item.done",
        "response.content_part.added",
        "response.content_part.done",
        "response.output_text.annotation.added",
        "response.reasoning_text.done",
        "response.reasoning_summary_part.added",
        "response.reasoning_summary_text.done",
        "response.reasoning_part.added",
        "response.function_call_arguments.delta",
        "response.web_search_call.searching",
        "response.audio.transcript.delta",
        "response.code_interpreter_call_code.delta",
        "response.future_event"
      })
  void mapsOtherResponseEventsToInProgress(String type) {
    String json = "{'type':'%s','delta':'x','text':'x','refusal':'x'}".formatted(type);

    assertThat(mapper.map(event(json))).containsExactly(new InProgress());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reasoning_text", "reasoning_summary_text", "reasoning"})
  void countsTheCharactersOfReasoning(String kind) {
    String json = "{'type':'response.%s.delta','delta':'Hm…'}".formatted(kind);

    assertThat(mapper.map(event(json))).containsExactly(new InProgress(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'delta':''", "'delta':null", "'delta':{'x':'x'}", "'x':1"})
  void mapsATextDeltaWithoutTextToInProgress(String delta) {
    assertThat(mapper.map(event("{'type':'response.output_text.delta',%s}".formatted(delta))))
        .containsExactly(new InProgress());
  }

  @Test
  void mapsAnEmptyRefusalDeltaToInProgress() {
    assertThat(mapper.map(event("{'type':'response.refusal.delta','delta':''}")))
        .containsExactly(new InProgress());
  }

  @Test
  void mapsARefusalDelta() {
    assertThat(mapper.map(event("{'type':'response.refusal.delta','delta':'I cannot'}")))
        .containsExactly(new RefusalDelta("I cannot"));
  }

  @Test
  void keepsWhitespaceAndControlCharactersOfADelta() {
    assertThat(
            mapper.map(
                event("{'type':'response.output_text.delta','delta':' \\n\\u0000\\u2028 '}")))
        .containsExactly(new TextDelta(" \n\0\u2028 "));
  }

  @Test
  void replacesInvalidUtf8InADelta() {
    String json = "{'type':'response.output_text.delta','delta':'a\377b'}".replace('\'', '"');
    ServerSentEvent event = new ServerSentEvent("message", json.getBytes(ISO_8859_1), "");

    assertThat(mapper.map(event)).containsExactly(new TextDelta("a\ufffdb"));
  }

  @Test
  void mapsDeeplyNestedJsonToUnknown() {
    String nested = "{'type':'response.output_text.delta','delta':" + "[".repeat(1 << 20);

    assertThat(mapper.map(event(nested))).containsExactly(new Unknown());
  }
}

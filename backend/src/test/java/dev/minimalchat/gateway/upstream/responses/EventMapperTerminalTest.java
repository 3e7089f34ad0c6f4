package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.DELTA;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.completed;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.event;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.incomplete;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.message;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.RefusalDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The terminal event: usage, incomplete reason, and text that no delta contained.
class EventMapperTerminalTest {
  private final EventMapper mapper = new EventMapper();

  @Test
  void mapsCompletedWithUsage() {
    String usage =
        "{'input_tokens':13,'input_tokens_details':{'cache_write_tokens':0,'cached_tokens':3},'output_tokens':7,'output_tokens_details':{'reasoning_tokens':2},'total_tokens':20,'cost':0.1}";

    assertThat(mapper.map(event(completed("'status':'completed','usage':" + usage))))
        .containsExactly(new Completed(new Usage(13, 3, 7, 2, 20)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'status':'completed'",
        "'usage':null",
        "'usage':'none'",
        "'usage':[]",
        "'output':null,'incomplete_details':null,'error':null"
      })
  void mapsCompletedWithoutUsage(String response) {
    assertThat(mapper.map(event(completed(response)))).containsExactly(new Completed(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'response':null", ",'response':{}"})
  void mapsCompletedWithoutAResponse(String response) {
    assertThat(mapper.map(event("{'type':'response.completed'%s}".formatted(response))))
        .containsExactly(new Completed(null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'input_tokens':0,'output_tokens':0,'total_tokens':0} | 0 | 0 | 0
          {'input_tokens':5,'output_tokens':7} | 5 | 7 | 12
          {'input_tokens':5,'output_tokens':7,'total_tokens':null} | 5 | 7 | 12
          {'input_tokens':5,'output_tokens':7,'total_tokens':13} | 5 | 7 | 13
          {'output_tokens':7,'output_tokens_details':null} | 0 | 7 | 7
          {'input_tokens':5,'input_tokens_details':{}} | 5 | 0 | 5
          {} | 0 | 0 | 0
          """,
      quoteCharacter = '`')
  void fillsMissingTokenCounts(String usage, long input, long output, long total) {
    assertThat(mapper.map(event(completed("'usage':" + usage))))
        .containsExactly(new Completed(new Usage(input, 0, output, 0, total)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_output_tokens", "content_filter", "steered"})
  void mapsTheIncompleteReason(String reason) {
    assertThat(
            mapper.map(event(incomplete("'incomplete_details':{'reason':'%s'}".formatted(reason)))))
        .containsExactly(new Incomplete(reason, null));
  }

  @Test
  void mapsIncompleteWithUsage() {
    assertThat(
            mapper.map(
                event(
                    incomplete(
                        "'status':'incomplete','usage':{'input_tokens':1,'output_tokens':2}"))))
        .containsExactly(new Incomplete("unknown", new Usage(1, 0, 2, 0, 3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'status':'incomplete','incomplete_details':{'reason':'max_output_tokens'}",
        "'incomplete_details':{'reason':'max_output_tokens'}",
        "'status':'completed','incomplete_details':{'reason':'max_output_tokens'}"
      })
  void mapsACompletedEventWithIncompleteDetailsToIncomplete(String response) {
    assertThat(mapper.map(event(completed(response))))
        .containsExactly(new Incomplete("max_output_tokens", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'response':null",
        ",'response':{}",
        ",'response':{'incomplete_details':null}"
      })
  void mapsIncompleteWithoutDetailsToAnUnknownReason(String response) {
    assertThat(mapper.map(event("{'type':'response.incomplete'%s}".formatted(response))))
        .containsExactly(new Incomplete("unknown", null));
  }

  @Test
  void doesNotRepeatTheTextOfEarlierDeltas() {
    mapper.map(event(DELTA));

    assertThat(mapper.map(event(completed("'output':[%s]".formatted(message("Hello"))))))
        .containsExactly(new Completed(null));
  }

  @Test
  void doesNotRepeatTheRefusalOfEarlierDeltas() {
    mapper.map(event("{'type':'response.refusal.delta','delta':'No'}"));

    assertThat(mapper.map(event(completed("'output':[%s]".formatted(refusal("No"))))))
        .containsExactly(new Completed(null));
  }

  @Test
  void emitsTheOutputTextWithoutEarlierDeltas() {
    mapper.map(event("{'type':'response.output_text.delta','delta':''}"));

    assertThat(mapper.map(event(completed("'output':[%s]".formatted(message("Hello"))))))
        .containsExactly(new TextDelta("Hello"), new Completed(null));
  }

  @Test
  void emitsTheOutputTextOfAnIncompleteResponse() {
    assertThat(
            mapper.map(
                event(incomplete("'status':'incomplete','output':[%s]".formatted(message("Hel"))))))
        .containsExactly(new TextDelta("Hel"), new Incomplete("unknown", null));
  }

  @Test
  void emitsTheRefusalWithoutEarlierDeltas() {
    assertThat(mapper.map(event(completed("'output':[%s]".formatted(refusal("No"))))))
        .containsExactly(new RefusalDelta("No"), new Completed(null));
  }

  @Test
  void emitsOutputMessagesInOrder() {
    assertThat(
            mapper.map(
                event(completed("'output':[%s,%s]".formatted(message("Hm. "), message("Yes."))))))
        .containsExactly(new TextDelta("Hm. "), new TextDelta("Yes."), new Completed(null));
  }

  @Test
  void emitsNoReasoning() {
    String reasoning =
        "{'type':'reasoning','summary':[{'type':'summary_text','text':'x'}],'content':[{'type':'reasoning_text','text':'x'}],'encrypted_content':'x'}";
    String tool = "{'type':'web_search_call','status':'completed'}";

    assertThat(
            mapper.map(
                event(
                    completed("'output':[%s,%s,%s]".formatted(reasoning, tool, message("Yes."))))))
        .containsExactly(new TextDelta("Yes."), new Completed(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "'text'",
        "[null]",
        "[{'type':'message','content':null}]",
        "[{'type':'message','content':[]}]",
        "[{'type':'message','content':[{'type':'output_text','text':''}]}]",
        "[{'type':'message','content':[{'type':'output_text','text':null}]}]"
      })
  void emitsNoTextForAnOutputWithoutText(String output) {
    assertThat(mapper.map(event(completed("'output':" + output))))
        .containsExactly(new Completed(null));
  }
}

package dev.minimalchat.gateway.upstream.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.Failures;
import dev.minimalchat.gateway.upstream.UpstreamEvent;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.RefusalDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Started;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Unknown;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Working;
import dev.minimalchat.gateway.upstream.Usage;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationTest {
  private static final String DELTA = "{'type':'response.output_text.delta','delta':'Hel'}";

  private final Translation translation = new Translation();

  @Nested
  class AnEvent {
    @ParameterizedTest
    @ValueSource(
        strings = {
          DELTA,
          "{'delta':'Hel','type':'response.output_text.delta'}",
          "{'type':'response.output_text.delta','sequence_number':4,'output_index':2,'content_index':0,'delta':'Hel','logprobs':[{'token':'Hel'}],'obfuscation':'zb2VZr3uMaj','item_id':'msg_1'}"
        })
    void isTextWhateverStandsBesideTheDelta(String json) {
      assertThat(of(json)).containsExactly(new TextDelta("Hel"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"message", "response.output_text.delta", "response.completed", "error"})
    void isWhatItsJsonSaysWhateverItsNameIs(String name) {
      assertThat(of(name, DELTA)).containsExactly(new TextDelta("Hel"));
    }

    @Test
    void isWhatItsNameSaysWhereItsJsonSaysNothing() {
      assertThat(of("response.output_text.delta", "{'delta':'Hel'}"))
          .containsExactly(new TextDelta("Hel"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"{}", "{'delta':'Hel'}", "{'object':'chat.completion.chunk','choices':[]}"})
    void isUnknownWhereNeitherSays(String json) {
      assertThat(of(json)).containsExactly(new Unknown());
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
    void isPassedOverWhereItIsNotAnObject(String data) {
      assertThat(of(data)).containsExactly(new Unknown());
      assertThat(of(DELTA)).containsExactly(new TextDelta("Hel"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keepalive", "ping", "codex.rate_limits", "responsedelta"})
    void isUnknownWhereTheTypeIsForeign(String type) {
      assertThat(of("{'type':'%s','delta':'x'}".formatted(type))).containsExactly(new Unknown());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "response.queued",
          "response.in_progress",
          "response.output_item.added",
          "response.output_item.done",
          "response.content_part.added",
          "response.content_part.done",
          "response.output_text.done",
          "response.output_text.annotation.added",
          "response.refusal.done",
          "response.reasoning_text.delta",
          "response.reasoning_text.done",
          "response.reasoning_summary_part.added",
          "response.reasoning_summary_text.delta",
          "response.reasoning_summary_text.done",
          "response.reasoning.delta",
          "response.reasoning_part.added",
          "response.function_call_arguments.delta",
          "response.web_search_call.searching",
          "response.audio.transcript.delta",
          "response.code_interpreter_call_code.delta",
          "response.of.tomorrow"
        })
    void isNoTextWhereItIsAnythingButTheAnswer(String type) {
      String json = "{'type':'%s','delta':'x','text':'x','refusal':'x'}".formatted(type);

      assertThat(of(json)).containsExactly(new Working());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'delta':''", "'delta':null", "'delta':{'text':'x'}", "'x':1"})
    void isNoTextWhereTheDeltaIsEmpty(String delta) {
      assertThat(of("{'type':'response.output_text.delta',%s}".formatted(delta)))
          .containsExactly(new Working());
    }

    @Test
    void isNoRefusalWhereTheDeltaIsEmpty() {
      assertThat(of("{'type':'response.refusal.delta','delta':''}")).containsExactly(new Working());
    }

    @Test
    void isARefusalWhereTheModelDeclines() {
      assertThat(of("{'type':'response.refusal.delta','delta':'I cannot'}"))
          .containsExactly(new RefusalDelta("I cannot"));
    }

    @Test
    void keepsWhitespaceAndControlCharacters() {
      assertThat(of("{'type':'response.output_text.delta','delta':' \\n\\u0000\\u2028 '}"))
          .containsExactly(new TextDelta(" \n\0\u2028 "));
    }

    @Test
    void hasItsBadBytesReplaced() {
      String json = "{'type':'response.output_text.delta','delta':'a\377b'}".replace('\'', '"');
      ServerSentEvent event = new ServerSentEvent("message", json.getBytes(ISO_8859_1), "");

      assertThat(translation.of(event)).containsExactly(new TextDelta("a\ufffdb"));
    }
  }

  @Nested
  class TheBeginning {
    @Test
    void namesTheAnswerAndTheModel() {
      assertThat(of("{'type':'response.created','response':{'id':'resp_1','model':'gpt-x-2026'}}"))
          .containsExactly(new Started("resp_1", "gpt-x-2026"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          ",'response':null",
          ",'response':{}",
          ",'response':{'id':null,'model':null}",
          ",'response':{'id':{},'model':[]}"
        })
    void mayNameNothing(String response) {
      assertThat(of("{'type':'response.created'%s}".formatted(response)))
          .containsExactly(new Started(null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "a\\r\\ndata: x", "a\\u0000", "<b>", "é", ""})
    void hasNoNameThatDoesNotLookLikeOne(String name) {
      assertThat(of(created(name, name))).containsExactly(new Started(null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/gpt-oss-20b", "qwen2.5:0.5b@q4", "a model+", "gen-17 x_y"})
    void keepsTheNamesThatModelsHave(String name) {
      assertThat(of(created("resp_1", name))).containsExactly(new Started("resp_1", name));
    }

    @Test
    void hasNoNameWithoutEnd() {
      assertThat(of(created("resp_1", "x".repeat(201))))
          .containsExactly(new Started("resp_1", null));
    }
  }

  @Nested
  class TheEnd {
    @Test
    void isCompleteWithItsUsage() {
      String usage =
          "{'input_tokens':13,'input_tokens_details':{'cache_write_tokens':0,'cached_tokens':3},'output_tokens':7,'output_tokens_details':{'reasoning_tokens':2},'total_tokens':20,'cost':0.1}";

      assertThat(of(completed("'status':'completed','usage':" + usage)))
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
    void mayCountNothing(String response) {
      assertThat(of(completed(response))).containsExactly(new Completed(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'response':null", ",'response':{}"})
    void mayBeTheNameAlone(String response) {
      assertThat(of("{'type':'response.completed'%s}".formatted(response)))
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
    void mayCountInPart(String usage, long input, long output, long total) {
      assertThat(of(completed("'usage':" + usage)))
          .containsExactly(new Completed(new Usage(input, 0, output, 0, total)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_output_tokens", "content_filter", "steered"})
    void isCutShortForAReason(String reason) {
      assertThat(of(incomplete("'incomplete_details':{'reason':'%s'}".formatted(reason))))
          .containsExactly(new Incomplete(reason, null));
    }

    @Test
    void isCutShortWithItsUsage() {
      assertThat(
              of(incomplete("'status':'incomplete','usage':{'input_tokens':1,'output_tokens':2}")))
          .containsExactly(new Incomplete("unknown", new Usage(1, 0, 2, 0, 3)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "'status':'incomplete','incomplete_details':{'reason':'max_output_tokens'}",
          "'incomplete_details':{'reason':'max_output_tokens'}",
          "'status':'completed','incomplete_details':{'reason':'max_output_tokens'}"
        })
    void isCutShortWhereItSaysSoUnderTheNameOfACompleteOne(String response) {
      assertThat(of(completed(response)))
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
    void isCutShortWhereOnlyItsNameSaysSo(String response) {
      assertThat(of("{'type':'response.incomplete'%s}".formatted(response)))
          .containsExactly(new Incomplete("unknown", null));
    }

    @Test
    void doesNotRepeatWhatTheDeltasSaid() {
      of(DELTA);

      assertThat(of(completed("'output':[%s]".formatted(message("Hello")))))
          .containsExactly(new Completed(null));
    }

    @Test
    void doesNotRepeatARefusal() {
      of("{'type':'response.refusal.delta','delta':'No'}");

      assertThat(of(completed("'output':[%s]".formatted(refusal("No")))))
          .containsExactly(new Completed(null));
    }

    @Test
    void bringsTheTextWhereNoDeltaDid() {
      of("{'type':'response.output_text.delta','delta':''}");

      assertThat(of(completed("'output':[%s]".formatted(message("Hello")))))
          .containsExactly(new TextDelta("Hello"), new Completed(null));
    }

    @Test
    void bringsTheTextOfACutAnswerToo() {
      assertThat(of(incomplete("'status':'incomplete','output':[%s]".formatted(message("Hel")))))
          .containsExactly(new TextDelta("Hel"), new Incomplete("unknown", null));
    }

    @Test
    void bringsTheRefusalWhereNoDeltaDid() {
      assertThat(of(completed("'output':[%s]".formatted(refusal("No")))))
          .containsExactly(new RefusalDelta("No"), new Completed(null));
    }

    @Test
    void bringsTwoMessagesInTheirOrder() {
      assertThat(of(completed("'output':[%s,%s]".formatted(message("Hm. "), message("Yes.")))))
          .containsExactly(new TextDelta("Hm. "), new TextDelta("Yes."), new Completed(null));
    }

    @Test
    void bringsNothingOfTheReasoning() {
      String reasoning =
          "{'type':'reasoning','summary':[{'type':'summary_text','text':'x'}],'content':[{'type':'reasoning_text','text':'x'}],'encrypted_content':'x'}";
      String tool = "{'type':'web_search_call','status':'completed'}";

      assertThat(of(completed("'output':[%s,%s,%s]".formatted(reasoning, tool, message("Yes.")))))
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
    void mayComeWithoutAnyText(String output) {
      assertThat(of(completed("'output':" + output))).containsExactly(new Completed(null));
    }
  }

  @Nested
  class AFailure {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'type':'error','sequence_number':2,'error':{'type':'x','code':'rate_limit_exceeded','message':'SECRET','param':null}}",
          "{'type':'error','sequence_number':2,'code':'rate_limit_exceeded','message':'SECRET','param':null}",
          "{'type':'error','error':null,'code':'rate_limit_exceeded','message':'SECRET'}",
          "{'error':{'code':'rate_limit_exceeded','message':'SECRET'}}",
          "{'error':{'code':429,'message':'SECRET','metadata':{'raw':'SECRET'}},'user_id':'SECRET'}",
          "{'type':null,'error':{'code':'rate_limit_exceeded'}}",
          "{'type':'response.failed','response':{'status':'failed','error':{'code':'rate_limit_exceeded','message':'SECRET'}}}",
          "{'type':'response.failed','error':{'code':'rate_limit_exceeded','message':'SECRET'}}",
          "{'type':'response.failed','response':null,'error':{'code':'rate_limit_exceeded'}}",
          "{'type':'response.failed','response':{'error':null},'error':{'code':'rate_limit_exceeded'}}",
          "{'type':'response.completed','response':{'status':'failed','error':{'code':'rate_limit_exceeded','message':'SECRET'}}}"
        })
    void isUnderstoodInEveryShape(String json) {
      assertFailure(json)
          .has(Failures.code(ErrorCode.OVERLOADED))
          .is(Failures.PASSING)
          .hasMessageNotContaining("SECRET");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'type':'error'}",
          "{'type':'error','error':'SECRET'}",
          "{'error':'SECRET'}",
          "{'error':{}}",
          "{'type':'response.failed'}",
          "{'type':'response.failed','response':{'status':'failed','error':null}}",
          "{'type':'response.failed','response':{'error':{'code':null,'message':null}}}",
          "{'type':'response.completed','response':{'status':'failed'}}"
        })
    void needsNoReason(String json) {
      assertFailure(json)
          .has(Failures.code(ErrorCode.PROVIDER_ERROR))
          .isNot(Failures.PASSING)
          .hasMessageNotContaining("SECRET");
    }

    @Test
    void mayBeCalledSoByTheEventsNameAlone() {
      assertThatThrownBy(() -> of("error", "{'code':'rate_limit_exceeded','message':'SECRET'}"))
          .has(Failures.code(ErrorCode.OVERLOADED));
    }

    @Test
    void isNotMeantByAnErrorThatIsNull() {
      assertThat(of("{'error':null,'object':'chat.completion.chunk'}"))
          .containsExactly(new Unknown());
      assertThat(of("response.output_text.delta", "{'delta':'Hel','error':null}"))
          .containsExactly(new TextDelta("Hel"));
    }

    @ParameterizedTest
    @CsvSource({
      "rate_limit_exceeded, OVERLOADED, true",
      "slow_down, OVERLOADED, true",
      "server_is_overloaded, OVERLOADED, true",
      "server_error, PROVIDER_ERROR, true",
      "insufficient_quota, PROVIDER_ERROR, false",
      "context_length_exceeded, CONTEXT_TOO_LONG, false",
      "invalid_prompt, PROVIDER_ERROR, false",
      "bio_policy, PROVIDER_ERROR, false",
      "previous_response_not_found, PROVIDER_ERROR, false",
      "429, OVERLOADED, true",
      "500, PROVIDER_ERROR, true",
      "502, PROVIDER_ERROR, true",
      "503, OVERLOADED, true",
      "400, PROVIDER_ERROR, false"
    })
    void isTranslatedByItsCodeWhetherThatIsAWordOrANumber(
        String code, ErrorCode meaning, boolean passing) {
      String value = code.matches("\\d+") ? code : "'" + code + "'";

      assertFailure("{'type':'response.failed','response':{'error':{'code':%s}}}".formatted(value))
          .has(Failures.code(meaning))
          .matches(thrown -> Failures.PASSING.matches(thrown) == passing, "passing: " + passing);
    }

    @Test
    void comesWithoutTheTextThatWasCut() {
      assertThatThrownBy(
              () -> of(completed("'status':'failed','output':[%s]".formatted(message("Hel")))))
          .has(Failures.code(ErrorCode.PROVIDER_ERROR));
    }
  }

  @Nested
  class ADocument {
    @Test
    void isAWholeAnswer() {
      assertThat(
              ofDocument(
                  "{'id':'resp_1','model':'m','status':'completed','output':[%s],'usage':{'input_tokens':1,'output_tokens':2,'total_tokens':3},'error':null}"
                      .formatted(message("Hello"))))
          .containsExactly(
              new Started("resp_1", "m"),
              new TextDelta("Hello"),
              new Completed(new Usage(1, 0, 2, 0, 3)));
    }

    @Test
    void mayBeCutShort() {
      assertThat(
              ofDocument(
                  "{'status':'incomplete','incomplete_details':{'reason':'max_output_tokens'},'output':[]}"))
          .containsExactly(new Started(null, null), new Incomplete("max_output_tokens", null));
    }

    @Test
    void mayBeARefusal() {
      assertThat(ofDocument("{'output':[%s]}".formatted(refusal("No"))))
          .containsExactly(new Started(null, null), new RefusalDelta("No"), new Completed(null));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'error':{'code':'server_is_overloaded','message':'SECRET'}}",
          "{'status':'failed','output':[],'error':{'code':'server_is_overloaded'}}"
        })
    void mayBeAFailure(String json) {
      assertThatThrownBy(() -> ofDocument(json))
          .has(Failures.code(ErrorCode.OVERLOADED))
          .hasMessageNotContaining("SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "7", "{}", "{'choices':[{'text':'SECRET'}]}"})
    void isAFailureWhereItIsNoAnswer(String json) {
      assertThatThrownBy(() -> ofDocument(json))
          .has(Failures.code(ErrorCode.PROVIDER_ERROR))
          .hasMessageNotContaining("SECRET");
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFailure(String json) {
    return assertThatThrownBy(() -> of(json));
  }

  /// The JSON is written with single quotes, for the eye.
  private List<UpstreamEvent> of(String json) {
    return of("message", json);
  }

  private List<UpstreamEvent> of(String name, String json) {
    return translation.of(new ServerSentEvent(name, bytes(json), ""));
  }

  private List<UpstreamEvent> ofDocument(String json) {
    return translation.ofDocument(bytes(json));
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }

  private static String created(String id, String model) {
    return "{'type':'response.created','response':{'id':'%s','model':'%s'}}".formatted(id, model);
  }

  private static String completed(String response) {
    return "{'type':'response.completed','response':{%s}}".formatted(response);
  }

  private static String incomplete(String response) {
    return "{'type':'response.incomplete','response':{%s}}".formatted(response);
  }

  private static String message(String text) {
    return "{'type':'message','content':[{'type':'output_text','text':'%s','annotations':[]}]}"
        .formatted(text);
  }

  private static String refusal(String text) {
    return "{'type':'message','content':[{'type':'refusal','refusal':'%s'}]}".formatted(text);
  }
}

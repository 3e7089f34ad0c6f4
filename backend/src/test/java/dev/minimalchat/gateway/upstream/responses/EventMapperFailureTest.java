package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.completed;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.delta;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.event;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.itemDone;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.message;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.textDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Unknown;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.resilience.Failures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Errors inside a stream, where the HTTP status is 200.
class EventMapperFailureTest {
  private static final String USAGE = "{'input_tokens':1,'output_tokens':2,'total_tokens':3}";

  private final EventMapper mapper = EventMappers.ofText(API_KEY);

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
  void readsTheErrorCodeFromEveryErrorShape(String json) {
    assertThatThrownBy(() -> mapper.map(event(json)))
        .has(Failures.code(ErrorCode.OVERLOADED))
        .is(Failures.TRANSIENT)
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
  void throwsAPermanentProviderErrorWithoutAnErrorCode(String json) {
    assertThatThrownBy(() -> mapper.map(event(json)))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .isNot(Failures.TRANSIENT)
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void throwsForTheErrorEventFieldWithoutAJsonType() {
    assertThatThrownBy(
            () -> mapper.map(event("error", "{'code':'rate_limit_exceeded','message':'SECRET'}")))
        .has(Failures.code(ErrorCode.OVERLOADED));
  }

  @Test
  void ignoresANullError() {
    assertThat(mapper.map(event("{'error':null,'object':'chat.completion.chunk'}")))
        .containsExactly(new Unknown());
    assertThat(mapper.map(event("response.output_text.delta", "{'delta':'Hel','error':null}")))
        .containsExactly(new TextDelta("Hel"));
  }

  @Test
  void anAnswerWhoseFinalTextShowsThatABrokenEventHadAPartOfItIsAFailure() {
    mapper.map(event(delta(0, 0, "one ")));
    mapper.map(event("{'type':'response.output_text.delta','delta':'two"));
    mapper.map(event(delta(0, 0, "three")));
    mapper.map(event(textDone(0, 0, "one two three")));
    String end = completed("'output':[%s],'usage':%s".formatted(message("one two three"), USAGE));

    assertThatThrownBy(() -> mapper.map(event(end)))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR))
        .hasMessage("an event of the answer was broken")
        .isInstanceOfSatisfying(UpstreamFailure.class, it -> assertThat(it.usage()).isNotNull());
  }

  @Test
  void anAnswerThatLostADeltaIsAFailureWhereTheEndHasNoText() {
    mapper.map(event(delta(0, 0, "Do ")));
    mapper.map(event("{'type':'response.output_text.delta','delta':'not "));
    mapper.map(event(delta(0, 0, "run it.")));

    assertThatThrownBy(() -> mapper.map(event(completed("'output':[]"))))
        .hasMessage("an event of the answer was broken");
  }

  @Test
  void aBrokenDeltaIsIgnoredWhereALaterEventHasTheSameText() {
    mapper.map(event(delta(0, 0, "one ")));
    mapper.map(event("{'type':'response.output_text.delta','delta':'two"));
    mapper.map(event(delta(0, 0, "two")));
    mapper.map(event(textDone(0, 0, "one two")));

    assertThat(mapper.map(event(completed("'output':[]")))).containsExactly(new Completed(null));
  }

  @Test
  void aBrokenDeltaIsIgnoredWhereALaterEventCompletesTheText() {
    mapper.map(event(delta(0, 0, "Hel")));
    mapper.map(event("{'type':'response.output_text.delta','delta':'l"));
    assertThat(mapper.map(event(itemDone(0, message("Hello"))))).contains(new TextDelta("lo"));

    assertThat(mapper.map(event(completed("'output':[]")))).containsExactly(new Completed(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'type':'response.output_text.de", "ping", "null"})
  void anUnreadableEventIsIgnoredWhereNoTextIsMissing(String unreadable) {
    mapper.map(event(delta(0, 0, "one ")));
    mapper.map(event(unreadable));
    mapper.map(event(delta(0, 0, "two")));

    assertThat(mapper.map(event(completed("'output':[%s]".formatted(message("one two three"))))))
        .containsExactly(new TextDelta(" three"), new Completed(null));
  }

  @Test
  void anUnreadableEventIsIgnoredWhereTheEndHasNoText() {
    mapper.map(event(delta(0, 0, "one ")));
    mapper.map(event("{"));

    assertThat(mapper.map(event(completed("")))).containsExactly(new Completed(null));
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
  void mapsTextualAndNumericErrorCodes(String code, ErrorCode expected, boolean isTransient) {
    String value = code.matches("\\d+") ? code : "'" + code + "'";

    assertThatThrownBy(() ->
            mapper.map(
                event(
                    "{'type':'response.failed','response':{'error':{'code':%s}}}"
                        .formatted(value))))
        .has(Failures.code(expected))
        .is(Failures.isTransient(isTransient));
  }

  @Test
  void throwsForAFailedResponseThatHasText() {
    assertThatThrownBy(() ->
            mapper.map(
                event(completed("'status':'failed','output':[%s]".formatted(message("Hel"))))))
        .has(Failures.code(ErrorCode.PROVIDER_ERROR));
  }
}

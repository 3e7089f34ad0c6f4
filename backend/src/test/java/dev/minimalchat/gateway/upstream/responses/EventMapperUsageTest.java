package dev.minimalchat.gateway.upstream.responses;

import static dev.minimalchat.gateway.upstream.responses.ProviderJson.API_KEY;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.DELTA;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.bytes;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.completed;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.event;
import static dev.minimalchat.gateway.upstream.responses.ProviderJson.incomplete;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamFailure;
import dev.minimalchat.gateway.upstream.Usage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The usage that the last event reports, in both shapes.
class EventMapperUsageTest {
  private static final String USAGE = "'usage':{'input_tokens':1,'output_tokens':2}";

  private final EventMapper mapper = EventMappers.ofText(API_KEY);

  @BeforeEach
  void answerWithText() {
    mapper.map(event(DELTA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'input_tokens':13,'input_tokens_details':{'cache_write_tokens':0,'cached_tokens':3},'output_tokens':7,'output_tokens_details':{'reasoning_tokens':2},'total_tokens':20,'cost':0.1}",
        "{'prompt_tokens':13,'completion_tokens':7,'total_tokens':20,'prompt_tokens_details':{'cached_tokens':3},'completion_tokens_details':{'reasoning_tokens':2}}",
        "{'input_tokens':13.0,'output_tokens':7,'input_tokens_details':{'cached_tokens':3},'output_tokens_details':{'reasoning_tokens':2}}"
      })
  void readsBothShapes(String usage) {
    assertThat(mapper.map(event(completed("'usage':" + usage))))
        .containsExactly(new Completed(new Usage(13, 3, 7, 2, 20)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "'none'",
        "[]",
        "{}",
        "{'input_tokens':0,'output_tokens':0,'total_tokens':0}",
        "{'input_tokens':0,'output_tokens':7}",
        "{'output_tokens':7}",
        "{'total_tokens':20}",
        "{'input_tokens':-5,'output_tokens':7}",
        "{'input_tokens':5,'output_tokens':-7,'total_tokens':12}",
        "{'input_tokens':5,'output_tokens':9223372036854775807}",
        "{'input_tokens':100000001,'output_tokens':7}",
        "{'input_tokens':1e300,'output_tokens':7}",
        "{'input_tokens':'5','output_tokens':7}"
      })
  void usageThatCannotBeTrueIsUnknown(String usage) {
    assertThat(mapper.map(event(completed("'usage':" + usage))))
        .containsExactly(new Completed(null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'input_tokens':5,'output_tokens':7} | 0 | 0
          {'input_tokens':5,'output_tokens':7,'total_tokens':null} | 0 | 0
          {'input_tokens':5,'output_tokens':7,'total_tokens':0} | 0 | 0
          {'input_tokens':5,'output_tokens':7,'total_tokens':99} | 0 | 0
          {'input_tokens':5,'output_tokens':7,'input_tokens_details':{'cached_tokens':5}} | 5 | 0
          {'input_tokens':5,'output_tokens':7,'input_tokens_details':{'cached_tokens':6}} | 0 | 0
          {'input_tokens':5,'output_tokens':7,'output_tokens_details':{'reasoning_tokens':-1}} | 0 | 0
          {'input_tokens':5,'output_tokens':7,'output_tokens_details':null} | 0 | 0
          """,
      quoteCharacter = '`')
  void theTotalIsTheSumAndAPartIsNeverMoreThanTheWhole(String usage, long cached, long reasoning) {
    assertThat(mapper.map(event(completed("'usage':" + usage))))
        .containsExactly(new Completed(new Usage(5, cached, 7, reasoning, 12)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'input_tokens':10,'output_tokens':4,'total_tokens':23,'output_tokens_details':{'reasoning_tokens':9}} | 13
          {'prompt_tokens':10,'completion_tokens':11,'total_tokens':30,'completion_tokens_details':{'reasoning_tokens':9}} | 20
          {'input_tokens':10,'output_tokens':11,'total_tokens':21,'output_tokens_details':{'reasoning_tokens':9}} | 11
          {'input_tokens':10,'output_tokens':11,'output_tokens_details':{'reasoning_tokens':9}} | 11
          """,
      quoteCharacter = '`')
  void countsReasoningAsOutputWhereTheTotalShowsThatItIsBeside(String usage, long output) {
    assertThat(mapper.map(event(completed("'usage':" + usage))))
        .containsExactly(new Completed(new Usage(10, 0, output, 9, 10 + output)));
  }

  @Test
  void readsTheUsageOfAnIncompleteAnswer() {
    assertThat(mapper.map(event(incomplete("'status':'incomplete'," + USAGE))))
        .containsExactly(new Incomplete("other", new Usage(1, 0, 2, 0, 3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'response.failed','response':{'status':'failed',%s}}",
        "{'type':'response.completed','response':{'status':'failed',%s}}"
      })
  void aFailureCarriesTheUsageOfAFailedAnswer(String json) {
    assertThatExceptionOfType(UpstreamFailure.class)
        .isThrownBy(() -> mapper.map(event(json.formatted(USAGE))))
        .satisfies(failure -> assertThat(failure.usage()).isEqualTo(new Usage(1, 0, 2, 0, 3)));
  }

  @Test
  void aFailureCarriesTheUsageOfAFailedDocument() {
    String json = "{'status':'failed','output':[],%s}".formatted(USAGE);

    assertThatExceptionOfType(UpstreamFailure.class)
        .isThrownBy(() -> mapper.mapDocument(bytes(json)))
        .satisfies(failure -> assertThat(failure.usage()).isEqualTo(new Usage(1, 0, 2, 0, 3)));
  }
}

package dev.minimalchat.gateway.api;

import static dev.minimalchat.gateway.api.Program.RESPONSES;
import static dev.minimalchat.gateway.api.Program.body;
import static dev.minimalchat.gateway.api.Program.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.Usage;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// A response that is not streamed, and every failure before the first event.
@ApiContractTest
class ResponsesContractTest {
  @Autowired Program program;
  @Autowired @AutoClose FakeUpstream upstream;

  @Test
  void aWholeResponseHasEveryFieldOfTheApi() {
    upstream.emits(new TextDelta("Hel"), new TextDelta("lo"), new Completed(null));

    MockHttpServletResponse response = program.post(RESPONSES, "{'input':'Hi'}");

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).isEqualTo("application/json");
    assertThat(response.getContentLength()).isEqualTo(response.getContentAsByteArray().length);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    JsonNode body = body(response);
    String id = body.get("id").asText();
    assertThat(body.get("created_at").asLong()).isPositive();
    assertThat(body.get("completed_at").asLong())
        .isGreaterThanOrEqualTo(body.get("created_at").asLong());
    assertThat(body)
        .isEqualTo(
            json(
                """
                {'id':'%s','object':'response','created_at':%s,'completed_at':%s,
                 'status':'completed','background':false,'error':null,'incomplete_details':null,
                 'instructions':null,'max_output_tokens':100,'max_tool_calls':null,'model':'small',
                 'output':[{'id':'%s_0','type':'message','role':'assistant',
                   'content':[{'type':'output_text','text':'Hello','annotations':[],'logprobs':[]}],
                   'status':'completed'}],
                 'parallel_tool_calls':true,'previous_response_id':null,'prompt_cache_key':null,
                 'reasoning':null,'safety_identifier':null,'service_tier':'default','store':false,
                 'temperature':1.0,'top_p':1.0,'text':{'format':{'type':'text'}},
                 'tool_choice':'auto','tools':[],'top_logprobs':0,'presence_penalty':0,
                 'frequency_penalty':0,'truncation':'disabled','metadata':{},'usage':null}
                """
                    .formatted(
                        id,
                        body.get("created_at"),
                        body.get("completed_at"),
                        id.replace("resp_", "msg_"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'stream':false,", "'stream':null,", ""})
  void onlyTheFieldStreamDecides(String field) {
    upstream.emits(new TextDelta("a"), new Completed(null));

    MockHttpServletResponse response =
        program.send(
            program
                .request(RESPONSES, "{" + field + "'input':'Hi'}")
                .header("Accept", "text/event-stream"));

    assertThat(body(response).get("status").asText()).isEqualTo("completed");
  }

  @Test
  void theAcceptHeaderDoesNotPreventAStream() {
    upstream.emits(new TextDelta("a"), new Completed(null));

    MockHttpServletResponse response =
        program.send(
            program
                .request(RESPONSES, "{'input':'Hi','stream':true}")
                .header("Accept", "application/json"));

    assertThat(response.getContentType()).isEqualTo("text/event-stream;charset=UTF-8");
  }

  @Test
  void anIncompleteResponseIsNoError() {
    upstream.emits(
        new TextDelta("a"), new Incomplete("max_output_tokens", new Usage(1, 0, 2, 0, 3)));

    JsonNode body = body(program.post(RESPONSES, "{'input':'Hi'}"));

    assertThat(body.get("status").asText()).isEqualTo("incomplete");
    assertThat(body.at("/incomplete_details/reason").asText()).isEqualTo("max_output_tokens");
    assertThat(body.get("completed_at").isNull()).isTrue();
    assertThat(body.at("/usage/total_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void repeatsWhatAppliesAndNotWhatWasAsked() {
    upstream.emits(new Completed(null));

    JsonNode body =
        body(
            program.post(
                RESPONSES,
                """
                {'input':'Hi','model':'vendor/large','max_output_tokens':9000,'temperature':0.5,
                 'top_p':0.25,'metadata':{'a':'b'},'service_tier':'priority','truncation':'auto',
                 'instructions':'Be brief','tool_choice':'auto','parallel_tool_calls':false,
                 'tools':[{'type':'web_search'},
                   {'type':'function','name':'f','parameters':{'type':'object'},'strict':false}],
                 'text':{'format':{'type':'json_object'},'verbosity':'low'}}
                """));

    assertThat(body.get("model").asText()).isEqualTo("vendor/large");
    assertThat(body.get("max_output_tokens").asInt()).isEqualTo(100);
    assertThat(body.get("temperature").asDouble()).isEqualTo(0.5);
    assertThat(body.get("top_p").asDouble()).isEqualTo(0.25);
    assertThat(body.get("metadata")).isEqualTo(json("{'a':'b'}"));
    assertThat(body.get("service_tier").asText()).isEqualTo("default");
    assertThat(body.get("truncation").asText()).isEqualTo("disabled");
    assertThat(body.get("instructions").isNull()).isTrue();
    assertThat(body.get("parallel_tool_calls").asBoolean()).isFalse();
    assertThat(body.get("text")).isEqualTo(json("{'format':{'type':'json_object'}}"));
    assertThat(body.get("tools"))
        .isEqualTo(
            json(
                """
                [{'type':'function','name':'f','description':null,
                  'parameters':{'type':'object'},'strict':false}]
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "CONTEXT_TOO_LONG, 400, invalid_request_error, false",
    "OVERLOADED, 503, service_unavailable_error, ",
    "TIMEOUT, 504, server_error, ",
    "PROVIDER_ERROR, 502, server_error, false",
    "INTERNAL, 500, server_error, "
  })
  void aFailureBeforeTheFirstEventIsAnHttpStatus(
      ErrorCode code, int status, String type, String shouldRetry) {
    upstream.fails(new Failure(code, "canary"));

    for (String stream : new String[] {"true", "false"}) {
      MockHttpServletResponse response =
          program.post(RESPONSES, "{'input':'Hi','stream':" + stream + "}");

      assertThat(response.getStatus()).isEqualTo(status);
      assertThat(response.getHeader("X-Should-Retry")).isEqualTo(shouldRetry);
      assertThat(body(response).get("error"))
          .isEqualTo(
              json(
                  """
                  {'code':'%s','message':'%s','retryable':%s,'request_id':'%s','type':'%s',
                   'param':''}
                  """
                      .formatted(
                          code == ErrorCode.CONTEXT_TOO_LONG
                              ? "context_length_exceeded"
                              : code.code(),
                          code.message(),
                          code.retryable(),
                          response.getHeader("X-Request-Id"),
                          type)));
    }
  }

  @Test
  void aWholeAnswerThatFailsLaterIsAnHttpStatusToo() {
    upstream.emitsThenFails(new Failure(ErrorCode.TIMEOUT, "late"), new TextDelta("a"));

    assertThat(program.post(RESPONSES, "{'input':'Hi'}").getStatus()).isEqualTo(504);
  }

  @Test
  void anSdkDoesNotRetryAnExhaustedBudget() {
    upstream.fails(new Failure(ErrorCode.OVERLOADED, "budget", Duration.ofHours(3), null));

    assertThat(program.post(RESPONSES, "{'input':'Hi'}").getHeader("X-Should-Retry"))
        .isEqualTo("false");
  }
}

package dev.minimalchat.gateway.api;

import static dev.minimalchat.gateway.api.Program.RESPONSES;
import static dev.minimalchat.gateway.api.Program.events;
import static dev.minimalchat.gateway.api.Program.json;
import static dev.minimalchat.gateway.api.Program.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCall;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallArguments;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallDone;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.MessageStart;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Reasoning;
import dev.minimalchat.gateway.upstream.UpstreamEvent.RefusalDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.Usage;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// The events of a streamed response.
@ApiContractTest
class ResponsesStreamContractTest {
  private static final String QUESTION = "{'model':'small','input':'Hi','stream':true}";
  private static final String TOOLS =
      "{'input':'Hi','stream':true,'tools':[{'type':'function','name':'weather'}]}";
  private static final Usage USAGE = new Usage(13, 2, 7, 3, 20);

  @Autowired Program program;
  @Autowired @AutoClose FakeUpstream upstream;

  @Test
  void streamsTextAsTheNineEventsInTheirOrder() {
    upstream.emits(
        new Created("resp_p", "dated"),
        new TextDelta("Hel"),
        new TextDelta("lo"),
        new Completed(USAGE));

    MockHttpServletResponse response = program.post(RESPONSES, QUESTION);

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).isEqualTo("text/event-stream;charset=UTF-8");
    assertThat(types(response))
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed");
    assertThat(events(response).stream().map(event -> event.path("sequence_number").asInt()))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void eachEventIsOneLineWhateverTheFormOfTheRequest() {
    upstream.emits(new TextDelta("a"), new Completed(USAGE));
    String request =
        """
        {
          'input': 'Hi',
          'stream': true,
          'metadata': {
            'k': 'v'
          },
          'text': {'format': {'type': 'json_schema', 'name': 's', 'schema': {

            'type': 'object'
          }}},
          'tools': [{'type': 'function', 'name': 'f', 'parameters': {
            'type': 'object'
          }}]
        }
        """;

    List<JsonNode> events = events(program.post(RESPONSES, request));

    assertThat(events.getLast().at("/response/metadata/k").asText()).isEqualTo("v");
    assertThat(events.getFirst().at("/response/tools/0/parameters/type").asText())
        .isEqualTo("object");
    assertThat(events.getFirst().at("/response/text/format/schema/type").asText())
        .isEqualTo("object");
  }

  @Test
  void eachMessageIsAnItemWithItsPhase() {
    upstream.emits(
        new MessageStart("commentary", true),
        new TextDelta("I look."),
        new MessageStart("final_answer", false),
        new TextDelta("Yes."),
        new Completed(USAGE));

    JsonNode output = events(program.post(RESPONSES, QUESTION)).getLast().at("/response/output");

    assertThat(output.findValuesAsText("phase")).containsExactly("commentary", "final_answer");
    assertThat(output.findValuesAsText("text")).containsExactly("I look.", "Yes.");
    assertThat(output.findValuesAsText("status")).containsExactly("completed", "completed");
  }

  @Test
  void anAnswerWithoutOutputIsComplete() {
    upstream.emits(new Created("p", "m"), new Incomplete("no_output", USAGE));

    JsonNode last = events(program.post(RESPONSES, QUESTION)).getLast();

    assertThat(last.get("type").asText()).isEqualTo("response.completed");
    assertThat(last.at("/response/status").asText()).isEqualTo("completed");
    assertThat(last.at("/response/output")).isEmpty();
    assertThat(last.at("/response/incomplete_details").isNull()).isTrue();
  }

  @Test
  void keepsItsIdsAndIndicesThroughTheStream() {
    upstream.emits(new TextDelta("a"), new Completed(USAGE));

    List<JsonNode> events = events(program.post(RESPONSES, QUESTION));

    assertThat(events.stream().map(event -> event.at("/response/id").asText()).distinct())
        .filteredOn(id -> !id.isEmpty())
        .singleElement()
        .asString()
        .matches("resp_[0-9a-f]{32}");
    assertThat(
            events.stream()
                .flatMap(event -> List.of(event.path("item_id"), event.at("/item/id")).stream())
                .filter(id -> !id.isMissingNode())
                .distinct())
        .singleElement()
        .asString()
        .matches("\"msg_[0-9a-f]{32}_0\"");
    assertThat(events.get(4))
        .isEqualTo(
            json(
                """
                {'type':'response.output_text.delta','sequence_number':4,'item_id':%s,
                 'output_index':0,'content_index':0,'delta':'a','logprobs':[]}
                """
                    .formatted(events.get(4).get("item_id"))));
  }

  @Test
  void theLastEventHasTheWholeOutputAndTheUsage() {
    upstream.emits(new TextDelta("Hel"), new TextDelta("lo"), new Completed(USAGE));

    JsonNode response = events(program.post(RESPONSES, QUESTION)).getLast().get("response");

    assertThat(response.get("status").asText()).isEqualTo("completed");
    assertThat(response.at("/output/0/content/0/text").asText()).isEqualTo("Hello");
    assertThat(response.at("/output/0/status").asText()).isEqualTo("completed");
    assertThat(response.get("usage"))
        .isEqualTo(
            json(
                """
                {'input_tokens':13,
                 'input_tokens_details':{'cached_tokens':2,'cache_write_tokens':0},
                 'output_tokens':7,'output_tokens_details':{'reasoning_tokens':3},
                 'total_tokens':20}
                """));
  }

  @Test
  void anIncompleteAnswerSaysWhy() {
    upstream.emits(new TextDelta("a"), new Incomplete("max_output_tokens", null));

    JsonNode last = events(program.post(RESPONSES, QUESTION)).getLast();

    assertThat(last.get("type").asText()).isEqualTo("response.incomplete");
    assertThat(last.at("/response/incomplete_details/reason").asText())
        .isEqualTo("max_output_tokens");
    assertThat(last.at("/response/output/0/status").asText()).isEqualTo("incomplete");
    assertThat(last.at("/response/usage").isNull()).isTrue();
  }

  @Test
  void aRefusalAfterTextIsAPartOfItsOwn() {
    upstream.emits(new TextDelta("a"), new RefusalDelta("No"), new Completed(null));

    MockHttpServletResponse response = program.post(RESPONSES, QUESTION);

    assertThat(types(response))
        .containsSequence(
            "response.content_part.done",
            "response.content_part.added",
            "response.refusal.delta",
            "response.refusal.done",
            "response.content_part.done",
            "response.output_item.done");
    assertThat(events(response).getLast().at("/response/output/0/content/1"))
        .isEqualTo(json("{'type':'refusal','refusal':'No'}"));
  }

  @Test
  void aFunctionCallIsAnItemWithItsEvents() {
    upstream.emits(
        new FunctionCall(0, "call_p", "weather"),
        new FunctionCallArguments(0, "{\"a\""),
        new FunctionCallArguments(0, ":1}"),
        new FunctionCallDone(0),
        new Completed(USAGE));

    MockHttpServletResponse response = program.post(RESPONSES, TOOLS);

    assertThat(types(response))
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.completed");
    JsonNode item = events(response).getLast().at("/response/output/0");
    assertThat(item.get("id").asText()).startsWith("fc_");
    assertThat(item.get("call_id").asText()).isEqualTo("call_p");
    assertThat(item.get("name").asText()).isEqualTo("weather");
    assertThat(item.get("arguments").asText()).isEqualTo("{\"a\":1}");
    assertThat(item.get("status").asText()).isEqualTo("completed");
  }

  @Test
  void textAndParallelCallsAreItemsInTheirOrder() {
    upstream.emits(
        new Reasoning("opaque"),
        new TextDelta("Let me look."),
        new FunctionCall(0, "call_a", "weather"),
        new FunctionCall(1, "call_b", "weather"),
        new FunctionCallArguments(1, "{}"),
        new FunctionCallArguments(0, "{}"),
        new FunctionCallDone(1),
        new FunctionCallDone(0),
        new Completed(null));

    JsonNode output = events(program.post(RESPONSES, TOOLS)).getLast().at("/response/output");

    assertThat(output.findValuesAsText("type"))
        .containsExactly("reasoning", "message", "output_text", "function_call", "function_call");
    assertThat(output.findValuesAsText("call_id")).containsExactly("call_a", "call_b");
    assertThat(output.at("/0/encrypted_content").asText()).isEqualTo("opaque");
  }

  @Test
  void aCallThatWasCutIsIncomplete() {
    upstream.emits(
        new FunctionCall(0, "call_a", "weather"),
        new FunctionCallArguments(0, "{\"a"),
        new Incomplete("max_output_tokens", null));

    JsonNode last = events(program.post(RESPONSES, TOOLS)).getLast();

    assertThat(last.at("/response/output/0/status").asText()).isEqualTo("incomplete");
  }

  @Test
  void aFailureAfterTextIsAnErrorAndAFailedResponse() {
    upstream.emitsThenFails(
        new Failure(ErrorCode.TIMEOUT, "the cause for the log"), new TextDelta("a"));

    MockHttpServletResponse response = program.post(RESPONSES, QUESTION);

    assertThat(response.getStatus()).isEqualTo(200);
    List<JsonNode> events = events(response);
    JsonNode error = events.get(events.size() - 2);
    assertThat(types(response)).endsWith("error", "response.failed");
    assertThat(error.at("/error/code").asText()).isEqualTo("timeout");
    assertThat(error.at("/error/type").asText()).isEqualTo("server_error");
    assertThat(error.at("/error/param").textValue()).isEmpty();
    assertThat(events.getLast().at("/response/status").asText()).isEqualTo("failed");
    assertThat(events.getLast().at("/response/error/message"))
        .isEqualTo(error.at("/error/message"));
    assertThat(events.getLast().at("/response/output/0/status").asText()).isEqualTo("incomplete");
  }
}

package dev.minimalchat.gateway.api;

import static dev.minimalchat.gateway.api.Program.CHAT;
import static dev.minimalchat.gateway.api.Program.body;
import static dev.minimalchat.gateway.api.Program.events;
import static dev.minimalchat.gateway.api.Program.json;
import static dev.minimalchat.gateway.api.Program.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.errors.ErrorCode;
import dev.minimalchat.gateway.errors.Failure;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Created;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCall;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallArguments;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallDone;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Incomplete;
import dev.minimalchat.gateway.upstream.UpstreamEvent.MessageStart;
import dev.minimalchat.gateway.upstream.UpstreamEvent.RefusalDelta;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.Usage;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// Chat completions, whole and streamed.
@ApiContractTest
class ChatCompletionsContractTest {
  private static final String MESSAGES = "'messages':[{'role':'user','content':'Hi'}]";
  private static final String STREAM = "{'stream':true," + MESSAGES + "}";
  private static final Usage USAGE = new Usage(13, 2, 7, 3, 20);

  @Autowired Program program;
  @Autowired @AutoClose FakeUpstream upstream;

  @Test
  void aWholeCompletionHasEveryFieldOfTheApi() {
    upstream.emits(
        new Created("p", "m"), new TextDelta("Hel"), new TextDelta("lo"), new Completed(USAGE));

    JsonNode body = body(program.post(CHAT, "{" + MESSAGES + "}"));

    assertThat(body.get("id").asText()).startsWith("chatcmpl-");
    assertThat(body)
        .isEqualTo(
            json(
                """
                {'id':%s,'object':'chat.completion','created':%s,'model':'small',
                 'choices':[{'index':0,
                   'message':{'role':'assistant','content':'Hello','refusal':null,'annotations':[]},
                   'logprobs':null,'finish_reason':'stop'}],
                 'usage':{'prompt_tokens':13,'completion_tokens':7,'total_tokens':20,
                   'prompt_tokens_details':{'cached_tokens':2},
                   'completion_tokens_details':{'reasoning_tokens':3}}}
                """
                    .formatted(body.get("id"), body.get("created"))));
  }

  @Test
  void aStreamHasARoleThenTextThenAReasonThenDone() {
    upstream.emits(
        new Created("p", "m"), new TextDelta("a"), new TextDelta("b"), new Completed(USAGE));

    MockHttpServletResponse response = program.post(CHAT, STREAM);

    assertThat(response.getContentType()).isEqualTo("text/event-stream;charset=UTF-8");
    assertThat(text(response)).endsWith("data: [DONE]\n\n").doesNotContain("event:", "usage");
    assertThat(events(response).stream().map(chunk -> chunk.at("/choices/0/delta").toString()))
        .containsExactly(
            "{\"role\":\"assistant\",\"content\":\"\"}",
            "{\"content\":\"a\"}",
            "{\"content\":\"b\"}",
            "{}");
    assertThat(events(response).getLast().at("/choices/0/finish_reason").asText())
        .isEqualTo("stop");
    assertThat(events(response).stream().map(chunk -> chunk.get("id")).distinct()).hasSize(1);
  }

  @Test
  void aStreamEndsWithTheUsageIfItWasAskedFor() {
    upstream.emits(new TextDelta("a"), new Completed(USAGE));

    List<JsonNode> chunks =
        events(
            program.post(CHAT, "{'stream_options':{'include_usage':true}," + STREAM.substring(1)));

    assertThat(chunks.getLast().get("choices")).isEmpty();
    assertThat(chunks.getLast().at("/usage/total_tokens").asInt()).isEqualTo(20);
  }

  @Test
  void messagesAreParagraphsOfOneText() {
    upstream.emits(
        new MessageStart("commentary", true),
        new TextDelta("I look."),
        new MessageStart("final_answer", false),
        new TextDelta("Yes."),
        new Completed(null));
    String streamed =
        String.join(
            "",
            events(program.post(CHAT, STREAM)).stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asText())
                .toList());
    String whole =
        body(program.post(CHAT, "{" + MESSAGES + "}")).at("/choices/0/message/content").asText();

    assertThat(streamed).isEqualTo("I look.\n\nYes.");
    assertThat(whole).isEqualTo(streamed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'stop':'Observation:'", "'stop':['\\n\\n\\n','Observation:']"})
  void endsBeforeAStopSequence(String stop) {
    upstream.emits(
        new TextDelta("Action: look\nObs"),
        new TextDelta("ervation: made up"),
        new TextDelta("never read"),
        new Completed(USAGE));
    List<JsonNode> chunks = events(program.post(CHAT, "{" + stop + "," + STREAM.substring(1)));
    JsonNode whole = body(program.post(CHAT, "{" + stop + "," + MESSAGES + "}")).at("/choices/0");

    assertThat(chunks.get(1).at("/choices/0/delta/content").asText()).isEqualTo("Action: look\n");
    assertThat(chunks.get(2).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(whole.at("/message/content").asText()).isEqualTo("Action: look\n");
    assertThat(whole.get("finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void toolCallsAreChunks() {
    upstream.emits(
        new FunctionCall(0, "call_p", "f"),
        new FunctionCallArguments(0, "{\"a\":1}"),
        new FunctionCallDone(0),
        new Completed(null));

    List<JsonNode> chunks = events(program.post(CHAT, STREAM));

    assertThat(chunks.get(1).at("/choices/0/delta/tool_calls"))
        .isEqualTo(
            json(
                """
                [{'index':0,'id':'call_p','type':'function',
                  'function':{'name':'f','arguments':''}}]
                """));
    assertThat(chunks.get(2).at("/choices/0/delta/tool_calls/0/function/arguments").asText())
        .isEqualTo("{\"a\":1}");
    assertThat(chunks.get(3).at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
  }

  @Test
  void aWholeCompletionHasItsToolCalls() {
    upstream.emits(
        new FunctionCall(0, "call_p", "f"),
        new FunctionCallArguments(0, "{}"),
        new FunctionCallDone(0),
        new Completed(null));

    JsonNode choice = body(program.post(CHAT, "{" + MESSAGES + "}")).at("/choices/0");

    assertThat(choice.at("/message/content").isNull()).isTrue();
    assertThat(choice.at("/message/tool_calls"))
        .isEqualTo(
            json("[{'id':'call_p','type':'function','function':{'name':'f','arguments':'{}'}}]"));
    assertThat(choice.get("finish_reason").asText()).isEqualTo("tool_calls");
  }

  @ParameterizedTest
  @CsvSource({
    "max_output_tokens, length",
    "content_filter, content_filter",
    "no_output, stop",
    "cancelled, length",
    "other, length"
  })
  void anIncompleteAnswerHasItsReason(String reason, String finishReason) {
    upstream.emits(new TextDelta("a"), new Incomplete(reason, null));

    assertThat(
            body(program.post(CHAT, "{" + MESSAGES + "}")).at("/choices/0/finish_reason").asText())
        .isEqualTo(finishReason);
  }

  @Test
  void aRefusalIsNoContent() {
    upstream.emits(new RefusalDelta("No"), new Completed(null));

    JsonNode message = body(program.post(CHAT, "{" + MESSAGES + "}")).at("/choices/0/message");

    assertThat(message.get("refusal").asText()).isEqualTo("No");
    assertThat(message.get("content").asText()).isEmpty();
  }

  @Test
  void aStreamThatFailsEndsWithAnErrorAndWithoutDone() {
    upstream.emitsThenFails(new Failure(ErrorCode.TIMEOUT, "late"), new TextDelta("a"));

    MockHttpServletResponse response = program.post(CHAT, STREAM);

    assertThat(events(response).getLast().at("/error/code").asText()).isEqualTo("timeout");
    assertThat(events(response).getLast().at("/error/type").asText()).isEqualTo("server_error");
    assertThat(text(response)).doesNotContain("[DONE]");
  }

  @Test
  void mapsAConversationWithToolsToItems() {
    upstream.emits(new TextDelta("a"), new Completed(null));

    UpstreamRequest request =
        requestOf(
            """
            'messages':[{'role':'developer','content':'s'},{'role':'user','content':[
                {'type':'text','text':'b'}]},
              {'role':'assistant','content':null,'tool_calls':[
                {'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},
              {'role':'tool','tool_call_id':'c','content':'42'}],
            'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}],
            'tool_choice':{'type':'function','function':{'name':'f'}},'max_completion_tokens':50,
            'max_tokens':60,'temperature':0.5,'stop':['x',''],'seed':1,'logprobs':true,
            'response_format':{'type':'json_schema','json_schema':{'name':'s','schema':{}}}
            """);

    assertThat(request.input().stream().map(item -> item.getClass().getSimpleName()))
        .containsExactly("Message", "Message", "FunctionCall", "FunctionCallOutput");
    AnswerOptions options = request.options();
    assertThat(options.maxOutputTokens()).isEqualTo(50);
    assertThat(options.stop()).containsExactly("x");
    assertThat(options.tools().choice()).isEqualTo(new AnswerOptions.ToolChoice(null, "f"));
    assertThat(options.tools().functions().getFirst().strict()).isFalse();
    assertThat(options.format()).returns("s", AnswerOptions.TextFormat::name);
  }

  @Test
  void anAnswerOfOneTokenAsksForAsFewAsTheProviderAllows() {
    upstream.emits(new TextDelta("a"), new Completed(null));

    assertThat(requestOf("'max_tokens':1," + MESSAGES).options().maxOutputTokens()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "[]"})
  void aRefusalOfAnEarlierAnswerIsItsText(String content) {
    upstream.emits(new TextDelta("a"), new Completed(null));

    UpstreamRequest request =
        requestOf(
            "'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':"
                + content
                + ",'refusal':'I cannot.'},{'role':'user','content':'Why?'}]");

    assertThat(request.input()).hasSize(3);
    assertThat(request.input().get(1))
        .asInstanceOf(InstanceOfAssertFactories.type(InputItem.MultipartMessage.class))
        .extracting(message -> message.parts().getFirst())
        .returns(InputItem.Part.Kind.REFUSAL, InputItem.Part::kind)
        .returns("I cannot.".length(), part -> part.text().length());
  }

  @Test
  void takesABodyAsCursorSendsIt() {
    upstream.emits(new TextDelta("a"), new Completed(null));

    UpstreamRequest request =
        requestOf(
            """
            'input':[{'role':'system','content':'s'},{'role':'user','content':[
              {'type':'input_text','text':'b'}]}],
            'tools':[{'type':'function','name':'f','parameters':{}}]
            """);

    assertThat(request.input()).hasSize(2);
    assertThat(request.options().tools().functions()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'n':2                                                      | n",
        "'store':true                                               | store",
        "'functions':[]                                             | functions",
        "'audio':{'voice':'a'}                                      | audio",
        "'max_tokens':0                                             | max_tokens",
        "'stop':{}                                                  | stop",
        "'response_format':{'type':'xml'}                           | response_format.type",
        "'messages':[]                                              | messages",
        "'messages':[{'role':'function','content':'a'}]             | messages[0].role",
        "'messages':[{'role':'tool','content':'a'}]                 | messages[0]",
        "'messages':[{'role':'assistant','tool_calls':[{'id':'c'}]}] | messages[0].tool_calls[0].function",
        "'messages':[{'role':'user','content':[{'type':'input_audio'}]}] | messages[0].content[0]"
      })
  void refusesWhatItCannotDoByName(String fields, String param) {
    String messages = fields.contains("'messages'") ? "" : MESSAGES + ",";

    MockHttpServletResponse response = program.post(CHAT, "{" + messages + fields + "}");

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(body(response).at("/error/param").asText()).isEqualTo(param);
  }

  private UpstreamRequest requestOf(String fields) {
    MockHttpServletResponse response = program.post(CHAT, "{" + fields + "}");

    assertThat(response.getStatus()).as(text(response)).isEqualTo(200);
    return upstream.requests().getLast();
  }
}

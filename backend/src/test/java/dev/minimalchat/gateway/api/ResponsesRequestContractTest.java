package dev.minimalchat.gateway.api;

import static dev.minimalchat.gateway.api.Program.RESPONSES;
import static dev.minimalchat.gateway.api.Program.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// The three lists of the request's fields: used, refused by name, and ignored.
@ApiContractTest
class ResponsesRequestContractTest {
  @Autowired Program program;
  @Autowired @AutoClose FakeUpstream upstream;

  @BeforeEach
  void answer() {
    upstream.emits(new TextDelta("a"), new Completed(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Hi'",
        "[{'role':'user','content':'Hi'}]",
        "[{'type':'message','role':'user','content':'Hi'}]",
        "[{'role':'user','content':[{'type':'input_text','text':'Hi'}]}]",
        "[{'role':'user','content':[{'type':'text','text':'Hi'}],'id':'msg_1','status':'completed'}]",
        "[{'type':null,'role':'user','content':'Hi','phase':'final_answer'}]"
      })
  void acceptsTheShapesOfAMessage(String input) {
    assertThat(requestOf("'input':" + input).input())
        .singleElement()
        .asString()
        .isEqualTo("Message[USER]");
  }

  @Test
  void instructionsAreTheFirstMessageOfTheSystem() {
    UpstreamRequest request =
        requestOf(
            """
            'instructions':'Be brief','input':[
              {'role':'developer','content':'a'},{'role':'user','content':'b'},
              {'type':'message','role':'assistant','content':[
                {'type':'output_text','text':'c','annotations':[]},
                {'type':'refusal','refusal':'d'}]}]
            """);

    assertThat(request.input().stream().map(Object::toString))
        .containsExactly(
            "Message[SYSTEM]", "Message[SYSTEM]", "Message[USER]", "MultipartMessage[ASSISTANT]");
  }

  @Test
  void passesCallsTheirOutputsAndReasoningOn() {
    UpstreamRequest request =
        requestOf(
            """
            'include':['reasoning.encrypted_content','file_search_call.results'],'input':[
              {'role':'user','content':'b'},
              {'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'opaque'},
              {'type':'reasoning','id':'rs_2','summary':[]},
              {'type':'function_call','id':'fc_1','call_id':'c','name':'f','arguments':'{}'},
              {'type':'function_call_output','call_id':'c','output':'42'},
              {'type':'function_call_output','call_id':'c','output':[
                {'type':'input_text','text':'4'},{'type':'input_text','text':'2'}]}]
            """);

    assertThat(request.input().stream().map(item -> item.getClass().getSimpleName()))
        .containsExactly(
            "Message",
            "EncryptedReasoning",
            "FunctionCall",
            "FunctionCallOutput",
            "FunctionCallOutput");
    assertThat(request.input().getLast())
        .isInstanceOfSatisfying(
            InputItem.FunctionCallOutput.class, it -> assertThat(it.output()).hasSize(2));
    assertThat(request.options().encryptedReasoning()).isTrue();
  }

  @Test
  void leavesToolsOutThatTheProviderWouldRun() {
    AnswerOptions.Tools tools =
        requestOf(
                """
                'input':'Hi','tool_choice':{'type':'function','name':'f'},'parallel_tool_calls':true,
                'tools':[{'type':'web_search'},{'type':'namespace','name':'n','tools':[]},
                  {'type':'mcp','server_url':'https://a'},{'type':'custom','name':'c'},
                  {'type':'function','name':'f','description':'d','parameters':{'a':[1,{'b':2}]}}]
                """)
            .options()
            .tools();

    assertThat(tools.functions())
        .singleElement()
        .returns("f", AnswerOptions.FunctionTool::name)
        .returns(null, AnswerOptions.FunctionTool::strict);
    assertThat(tools.choice()).isEqualTo(new AnswerOptions.ToolChoice(null, "f"));
    assertThat(tools.parallel()).isTrue();
  }

  @Test
  void withoutAFunctionNothingOfTheToolsIsSent() {
    assertThat(
            requestOf("'input':'Hi','tools':[{'type':'web_search'}],'tool_choice':'auto'")
                .options()
                .tools())
        .isEqualTo(AnswerOptions.Tools.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'input_image','image_url':'data:image/png;base64,iVBORw0KGgo=','detail':'low'",
        "'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo=','detail':'low'}"
      })
  void passesImagesOn(String image) {
    UpstreamRequest request =
        requestOf(
            "'input':[{'role':'user','content':[{'type':'input_text','text':'a'},{'type':"
                + image
                + "}]}]");

    assertThat(request.input().getFirst())
        .isInstanceOfSatisfying(
            InputItem.MultipartMessage.class,
            it ->
                assertThat(it.parts().getLast())
                    .returns(InputItem.Part.Kind.IMAGE, InputItem.Part::kind)
                    .returns("low", InputItem.Part::detail));
  }

  @Test
  void passesTheFormatOfTheTextOn() {
    AnswerOptions.TextFormat format =
        requestOf(
                """
                'input':'Hi','text':{'format':{'type':'json_schema','name':'s','strict':true,
                  'schema':{'type':'object','properties':{}}}}
                """)
            .options()
            .format();

    assertThat(format)
        .returns("json_schema", AnswerOptions.TextFormat::type)
        .returns("s", AnswerOptions.TextFormat::name)
        .returns(true, AnswerOptions.TextFormat::strict);
  }

  @Test
  void ignoresEveryOtherField() {
    UpstreamRequest request =
        requestOf(
            """
            'input':'Hi','store':false,'background':false,'include':[],'tools':[],'text':{},
            'reasoning':{'effort':'high','summary':'auto'},'prompt_cache_key':'k','user':'u',
            'client_metadata':{'a':1},'stream_options':{'include_obfuscation':false},
            'safety_identifier':'s','truncation':'auto','service_tier':'priority',
            'top_logprobs':3,'previous_response_id':null,'conversation':null,'prompt':null,
            'tool_choice':null,'metadata':null,'something_new':[{'deep':[1]}]
            """);

    assertThat(request.options())
        .isEqualTo(
            new AnswerOptions("small", null, null, null, AnswerOptions.Tools.NONE, null, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'background':true                                        | background",
        "'store':true                                             | store",
        "'previous_response_id':'resp_1'                          | previous_response_id",
        "'conversation':{'id':'c'}                                | conversation",
        "'prompt':{'id':'p'}                                      | prompt",
        "'max_output_tokens':0                                    | max_output_tokens",
        "'max_output_tokens':'many'                               | max_output_tokens",
        "'temperature':-1                                         | temperature",
        "'top_p':-0.5                                             | top_p",
        "'tool_choice':'web_search'                               | tool_choice",
        "'tool_choice':{'type':'web_search'}                      | tool_choice",
        "'tool_choice':{'type':'function','name':'g'}             | tool_choice",
        "'tool_choice':'required'                                 | tool_choice",
        "'tools':[{'type':'function'}]                            | tools",
        "'tools':[{'type':'function','name':'a b'}]               | tools",
        "'tools':'all'                                            | tools",
        "'metadata':'text'                                        | metadata",
        "'text':{'format':{'type':'grammar'}}                     | text.format.type",
        "'text':{'format':{'type':'json_schema','name':'s'}}      | text.format.schema",
        "'input':[]                                               | input",
        "'input':{}                                               | input",
        "'input':[{'role':'tool','content':'a'}]                  | input[0].role",
        "'input':[{'content':'a'}]                                | input[0].role",
        "'input':[{'role':'user'}]                                | input[0].content",
        "'input':[{'role':'user','content':[{'text':'a'}]}]       | input[0].content[0].type",
        "'input':[{'role':'user','content':[{'type':'input_file','file_id':'f'}]}] | input[0].content[0]",
        "'input':[{'role':'user','content':[{'type':'input_text'}]}] | input[0].content[0].text",
        "'input':[{'type':'item_reference','id':'msg_1'}]         | input[0]",
        "'input':[{'type':'custom_tool_call'}]                    | input[0]",
        "'input':[{'type':'function_call','call_id':'c'}]         | input[0].name",
        "'input':[{'type':'function_call_output','output':'a'}]   | input[0].call_id",
        "'input':[null]                                           | input[0]",
      })
  void refusesWhatItCannotDoByName(String fields, String param) {
    String input = fields.contains("'input'") ? "" : "'input':'Hi',";

    MockHttpServletResponse response = program.post(RESPONSES, "{" + input + fields + "}");

    assertThat(response.getStatus()).isEqualTo(400);
    JsonNode error = body(response).get("error");
    assertThat(error.get("code").asText()).isEqualTo("invalid_request");
    assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.get("param").asText()).isEqualTo(param);
    assertThat(error.get("message").asText()).startsWith(param);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void refusesABodyWithoutInput() {
    assertThat(body(program.post(RESPONSES, "{}")).at("/error/param").asText()).isEqualTo("input");
  }

  @Test
  void anUnknownModelIsNotFound() {
    MockHttpServletResponse response = program.post(RESPONSES, "{'input':'Hi','model':'gpt-9'}");

    assertThat(response.getStatus()).isEqualTo(404);
    assertThat(body(response).at("/error/code").asText()).isEqualTo("model_not_found");
    assertThat(body(response).at("/error/param").asText()).isEqualTo("model");
  }

  @Test
  void countsMessagesAndNotCalls() {
    String call = "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},";
    String message = "{'role':'user','content':'a'}";

    assertThat(requestOf("'input':[" + call.repeat(9) + message + "]").input()).hasSize(10);
    assertThat(
            program
                .post(
                    RESPONSES,
                    "{'input':["
                        + String.join(",", List.of(message, message, message, message))
                        + "]}")
                .getStatus())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'input':%s", "'metadata':%s", "'tools':%s", "'other':%s", "'prompt':%s"})
  void deepNestingIsAnErrorAndNotATree(String field) {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);

    assertThat(program.post(RESPONSES, "{" + field.formatted(deep) + "}").getStatus())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'input':[%s]", "'tools':[%s]", "'input':[{'content':[%s]}]"})
  void tooManyElementsAreTooLarge(String field) {
    String many = "{},".repeat(20_000) + "{}";

    assertThat(program.post(RESPONSES, "{" + field.formatted(many) + "}").getStatus())
        .isEqualTo(413);
  }

  private UpstreamRequest requestOf(String fields) {
    MockHttpServletResponse response = program.post(RESPONSES, "{" + fields + "}");

    assertThat(response.getStatus()).as(Program.text(response)).isEqualTo(200);
    return upstream.requests().getLast();
  }
}

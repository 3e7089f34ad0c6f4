package dev.minimalchat.gateway.api;

import static dev.minimalchat.gateway.api.Program.CHAT;
import static dev.minimalchat.gateway.api.Program.RESPONSES;
import static dev.minimalchat.gateway.api.Program.body;
import static dev.minimalchat.gateway.api.Program.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.InputItem.FunctionCall;
import dev.minimalchat.gateway.upstream.InputItem.FunctionCallOutput;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallArguments;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallDone;
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

/// Clients that write the same conversation in another form, on both routes, or send back of
/// earlier answers what only another provider can read.
@ApiContractTest
class RequestShapesContractTest {
  private static final String USER = "{'role':'user','content':'Hi'}";

  @Autowired Program program;
  @Autowired @AutoClose FakeUpstream upstream;

  @BeforeEach
  void answer() {
    upstream.emits(new TextDelta("a"), new Completed(null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          system    | 4
          developer | 4
          assistant | 2
          """)
  void severalTextsAreOne(String role, int length) {
    String parts = "[{'type':'text','text':'a'},{'type':'text','text':'b'}]";
    String message = "{'role':'%s','content':%s},".formatted(role, parts);

    for (UpstreamRequest request : requestsOf(message + USER)) {
      assertThat(request.input().getFirst())
          .isInstanceOfSatisfying(
              Message.class, it -> assertThat(it.characters()).isEqualTo(length));
    }
  }

  @Test
  void anAnswerOfSeveralTextsKeepsItsPhase() {
    UpstreamRequest request =
        requestOf(
            RESPONSES,
            """
            'input':[{'type':'message','role':'assistant','phase':'commentary','content':[
              {'type':'output_text','text':'a'},{'type':'output_text','text':'b'}]},
            """
                + USER
                + "]");

    assertThat(request.input().getFirst())
        .isInstanceOfSatisfying(
            Message.class, it -> assertThat(it.phase()).isEqualTo("commentary"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'content':null",
        "'content':null,'tool_calls':[]",
        "'content':null,'tool_calls':null",
        "'content':''",
        "'content':[]",
        "'content':[{'type':'text','text':''}]",
        "'reasoning_content':'x'"
      })
  void anAnswerWithoutContentIsLeftOut(String fields) {
    for (UpstreamRequest request :
        requestsOf(USER + ",{'role':'assistant'," + fields + "}," + USER)) {
      assertThat(request.input().stream().map(Object::toString))
          .containsExactly("Message[USER]", "Message[USER]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "[]"})
  void anEmptyContentIsAnEmptyText(String content) {
    for (UpstreamRequest request :
        requestsOf("{'role':'user','content':" + content + "}," + USER)) {
      assertThat(request.input().getFirst())
          .isInstanceOfSatisfying(Message.class, it -> assertThat(it.characters()).isZero());
    }
  }

  @Test
  void anOutputOfAFunctionMayBeNull() {
    UpstreamRequest chat =
        requestOf(
            CHAT, "'messages':[" + USER + ",{'role':'tool','tool_call_id':'c','content':null}]");
    UpstreamRequest responses =
        requestOf(
            RESPONSES,
            "'input':[" + USER + ",{'type':'function_call_output','call_id':'c','output':null}]");

    for (UpstreamRequest request : List.of(chat, responses)) {
      assertThat(request.input().getLast()).isEqualTo(new FunctionCallOutput("c", List.of()));
    }
  }

  @ParameterizedTest
  @CsvSource({"user", "system"})
  void aMessageWithoutTheFieldIsRefused(String role) {
    for (String conversation : List.of("input", "messages")) {
      MockHttpServletResponse response =
          program.post(
              conversation.equals("input") ? RESPONSES : CHAT,
              "{'%s':[{'role':'%s'}]}".formatted(conversation, role));

      assertThat(response.getStatus()).isEqualTo(400);
      assertThat(body(response).at("/error/param").asText())
          .isEqualTo(conversation + "[0].content");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"create_event<|channel|>analysis", "a:b/c@d+e", "no such tool"})
  void theNameOfACallComesBack(String name) {
    upstream.emits(
        new dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCall(0, "call_p", name),
        new FunctionCallArguments(0, "{}"),
        new FunctionCallDone(0),
        new Completed(null));
    String item = body(program.post(RESPONSES, "{'input':'Hi'}")).at("/output/0").toString();
    String message =
        body(program.post(CHAT, "{'messages':[" + USER + "]}")).at("/choices/0/message").toString();

    for (UpstreamRequest request :
        List.of(
            requestOf(RESPONSES, "'input':[" + USER + "," + item + "]"),
            requestOf(CHAT, "'messages':[" + USER + "," + message + "]"))) {
      assertThat(request.input().getLast())
          .isInstanceOfSatisfying(FunctionCall.class, it -> assertThat(it.name()).isEqualTo(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'arguments':null", ",'arguments':''", ",'arguments':' '"})
  void aCallWithoutArgumentsHasAnEmptyObject(String arguments) {
    String call = "'name':'f'" + arguments;
    String item = "{'type':'function_call','call_id':'c'," + call + "}";
    String message =
        "{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{%s}}]}"
            .formatted(call);

    for (UpstreamRequest request :
        List.of(
            requestOf(RESPONSES, "'input':[" + USER + "," + item + "]"),
            requestOf(CHAT, "'messages':[" + USER + "," + message + "]"))) {
      assertThat(request.input().getLast())
          .isInstanceOfSatisfying(
              FunctionCall.class, it -> assertThat(it.arguments().beginning(3)).isEqualTo("{}"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'function':{'name':'f'}} | messages[0].tool_calls[1].id | is missing
          {'id':'d'}                | messages[0].tool_calls[1].function | is missing
          {'id':'d','function':{}}  | messages[0].tool_calls[1] | has a function without a name, or with an invalid one
          """)
  void namesWhatACallDoesNotHave(String call, String param, String problem) {
    String calls = "[{'id':'c','function':{'name':'f','arguments':'{}'}}," + call + "]";

    MockHttpServletResponse response =
        program.post(CHAT, "{'messages':[{'role':'assistant','tool_calls':" + calls + "}]}");

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(body(response).at("/error/param").asText()).isEqualTo(param);
    assertThat(body(response).at("/error/message").asText()).isEqualTo(param + " " + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'web_search_call','id':'ws_1','status':'completed','action':{'type':'search','query':'q'}}",
        "{'type':'tool_search_call','call_id':'c','execution':'client','arguments':{'query':'q'}}",
        "{'arguments':{'query':'q'},'type':'tool_search_call'}",
        "{'type':'tool_search_output','call_id':'c','status':'completed','tools':[{'type':'namespace'}]}",
        "{'type':'additional_tools','role':'developer','tools':[{'type':'function','name':'f'}]}",
        "{'type':'compaction','encrypted_content':'opaque'}"
      })
  void itemsThatTheProviderCannotUseAreLeftOut(String item) {
    assertThat(requestOf(RESPONSES, "'input':[" + USER + "," + item + "," + USER + "]").input())
        .extracting(Object::toString)
        .containsExactly("Message[USER]", "Message[USER]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'function_call','call_id':'c','name':'f','arguments':{'a':1}}",
        "{'arguments':[1],'type':'function_call','call_id':'c','name':'f'}"
      })
  void theArgumentsOfACallAreAString(String item) {
    MockHttpServletResponse response = program.post(RESPONSES, "{'input':[" + item + "]}");

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(body(response).at("/error/param").asText()).isEqualTo("input[0].arguments");
  }

  /// @param messages of a conversation, whose shape both routes have
  private List<UpstreamRequest> requestsOf(String messages) {
    return List.of(
        requestOf(CHAT, "'messages':[" + messages + "]"),
        requestOf(RESPONSES, "'input':[" + messages + "]"));
  }

  private UpstreamRequest requestOf(String path, String fields) {
    MockHttpServletResponse response = program.post(path, "{" + fields + "}");

    assertThat(response.getStatus()).as(text(response)).isEqualTo(200);
    return upstream.requests().getLast();
  }
}

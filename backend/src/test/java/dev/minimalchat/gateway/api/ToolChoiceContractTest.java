package dev.minimalchat.gateway.api;

import static dev.minimalchat.gateway.api.Program.CHAT;
import static dev.minimalchat.gateway.api.Program.RESPONSES;
import static dev.minimalchat.gateway.api.Program.body;
import static dev.minimalchat.gateway.api.Program.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.AnswerOptions.FunctionTool;
import dev.minimalchat.gateway.upstream.AnswerOptions.ToolChoice;
import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// A `tool_choice` that is an object: a list of some of the tools, or a mode.
@ApiContractTest
class ToolChoiceContractTest {
  private static final String USER = "{'role':'user','content':'Hi'}";

  @Autowired Program program;
  @Autowired @AutoClose FakeUpstream upstream;

  @ParameterizedTest
  @CsvSource({"auto, false", "required, false", "auto, true"})
  void onlyTheAllowedToolsAreRelayed(String mode, boolean withOthers) {
    String others = withOthers ? ",{'type':'image_generation'}" : "";
    String choice =
        "'mode':'%s','tools':[{'type':'function','name':'f'}%s]".formatted(mode, others);

    for (UpstreamRequest request : choosing(choice)) {
      AnswerOptions.Tools tools = request.options().tools();
      assertThat(tools.functions()).extracting(FunctionTool::name).containsExactly("f");
      assertThat(tools.choice()).isEqualTo(new ToolChoice(mode, null));
    }
  }

  private List<UpstreamRequest> choosing(String choice) {
    return List.of(
        requestOf(RESPONSES, "'input':'Hi'," + tools(choice)),
        requestOf(CHAT, "'messages':[" + USER + "]," + tools("'allowed_tools':{" + choice + "}")));
  }

  private static String tools(String choice) {
    return """
    'tools':[{'type':'function','name':'f'},{'type':'function','function':{'name':'g'}}],
    'tool_choice':{'type':'allowed_tools',%s}
    """
        .formatted(choice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'mode':'auto','tools':[{'type':'function','name':'h'}]",
        "'mode':'auto','tools':[{'type':'function','name':'f'},{'type':'function','name':'h'}]",
        "'mode':'auto','tools':[{'type':'function'}]",
        "'mode':'none','tools':[{'type':'function','name':'f'}]",
        "'mode':'required','tools':[{'type':'image_generation'}]",
        "'mode':'auto'",
        "'tools':[{'type':'function','name':'f'}]"
      })
  void refusesAnImpossibleListOfAllowedTools(String choice) {
    MockHttpServletResponse response =
        program.post(RESPONSES, "{'input':'Hi'," + tools(choice) + "}");

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(body(response).at("/error/param").asText()).isEqualTo("tool_choice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "none", "required"})
  void aModeCanBeAnObject(String mode) {
    String tools = "'tools':[{'type':'function','name':'f'}],'tool_choice':{'type':'" + mode + "'}";

    for (UpstreamRequest request :
        List.of(
            requestOf(RESPONSES, "'input':'Hi'," + tools),
            requestOf(CHAT, "'messages':[" + USER + "]," + tools))) {
      assertThat(request.options().tools().choice()).isEqualTo(new ToolChoice(mode, null));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'type':null}", "{'type':'any'}", "{'type':'tool','name':'f'}"})
  void anyOtherObjectIsRefused(String choice) {
    MockHttpServletResponse response =
        program.post(
            CHAT,
            "{'messages':[%s],'tools':[{'type':'function','name':'f'}],'tool_choice':%s}"
                .formatted(USER, choice));

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(body(response).at("/error/param").asText()).isEqualTo("tool_choice");
  }

  private UpstreamRequest requestOf(String path, String fields) {
    upstream.emits(new TextDelta("a"), new Completed(null));
    MockHttpServletResponse response = program.post(path, "{" + fields + "}");

    assertThat(response.getStatus()).as(text(response)).isEqualTo(200);
    return upstream.requests().getLast();
  }
}

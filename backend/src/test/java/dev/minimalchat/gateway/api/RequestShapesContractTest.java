package dev.minimalchat.gateway.api;

import static dev.minimalchat.gateway.api.Program.CHAT;
import static dev.minimalchat.gateway.api.Program.RESPONSES;
import static dev.minimalchat.gateway.api.Program.body;
import static dev.minimalchat.gateway.api.Program.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.InputItem.FunctionCall;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallArguments;
import dev.minimalchat.gateway.upstream.UpstreamEvent.FunctionCallDone;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// Clients that write the same conversation in another form, on both routes.
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

  private UpstreamRequest requestOf(String path, String fields) {
    MockHttpServletResponse response = program.post(path, "{" + fields + "}");

    assertThat(response.getStatus()).as(text(response)).isEqualTo(200);
    return upstream.requests().getLast();
  }
}

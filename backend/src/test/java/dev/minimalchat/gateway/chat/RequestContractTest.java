package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static dev.minimalchat.gateway.chat.ResponseAssertions.assertError;
import static dev.minimalchat.gateway.chat.ResponseAssertions.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minimalchat.gateway.upstream.FakeUpstream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// Invalid requests: the response names the problem without quoting the request.
@GatewayContractTest
class RequestContractTest {
  private static final String CANARY = "canary-7f3a";

  @Autowired ApiClient client;
  @Autowired @AutoClose FakeUpstream upstream;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"messages":[{"role":"user","content":"a"}],"stream":true}            | stream is not a known field
          {"messages":[{"role":"user","content":"a","name":"b"}]}               | messages[0].name is not a known field
          {"messages":[{"role":"user","content":""}]}                           | messages[0].content is blank
          {"messages":[{"role":"user","content":" \\n\\t "}]}                   | messages[0].content is blank
          {"messages":[{"role":"user"}]}                                        | messages[0].content is blank
          {"messages":[{"role":"user","content":null}]}                         | messages[0].content is blank
          {"messages":[{"content":"a"}]}                                        | messages[0].role is missing
          {"messages":[{"role":null,"content":"a"}]}                            | messages[0].role is missing
          {"messages":[{"role":"tool","content":"a"}]}                          | messages[0].role is not one of the values allowed
          {"messages":[{"role":"User","content":"a"}]}                          | messages[0].role is not one of the values allowed
          {"messages":[{"role":"","content":"a"}]}                              | messages[0].role is not one of the values allowed
          {"messages":[{"role":1,"content":"a"}]}                               | messages[0].role is not one of the values allowed
          {"messages":[{"role":"1","content":"a"}]}                             | messages[0].role is not one of the values allowed
          {"messages":[null,{"role":"user","content":"a"}]}                     | messages[0] is missing
          {"messages":["a"]}                                                    | messages[0] has the wrong type
          {"messages":[{"role":"user","content":{"a":1}}]}                      | messages[0].content has the wrong type
          {"messages":[{"role":"user","content":["a"]}]}                        | messages[0].content[0] has the wrong type
          {"messages":[{"role":"user","content":[]}]}                           | messages[0].content is blank
          {"messages":[{"role":"user","content":[null]}]}                       | messages[0].content[0] has the wrong type
          {"messages":[{"role":"user","content":[{"type":"input_text","text":" "}]}]} | messages[0].content[0].text is blank
          {"messages":[{"role":"user","content":[{"text":"a"}]}]}               | messages[0].content[0].type is missing
          {"messages":[{"role":"user","content":[{"type":"text","text":"a"}]}]} | messages[0].content[0].type is not one of the values allowed
          {"messages":[{"role":"user","content":[{"type":"input_text","text":"a","x":1}]}]} | messages[0].content[0].x is not a known field
          {"messages":[{"role":"user","content":[{"type":"input_text","text":"a"},{"type":"input_text","text":"b"}]}]} | messages[0].content[1] is a text after the first part
          {"messages":[{"role":"assistant","content":[{"type":"input_text","text":"a"}]},{"role":"user","content":"b"}]} | messages[0].content has parts, which only the user's can have
          {"messages":[{"role":"user","content":[{"type":"input_image","image_url":"https://example.com/a.png"}]}]} | messages[0].content[0].image_url is not a data: address of a JPEG, PNG, GIF or WebP
          {"messages":[{"role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,iVBORw0KGgo="}]}]} | messages has an image, which this gateway does not accept
          {"messages":[{"role":"user","content":[{"type":"input_file","file_data":"data:application/pdf;base64,JVBERi0xLjQ="}]}]} | messages has a file, which this gateway does not accept
          {"messages":"a"}                                                      | messages has the wrong type
          {"messages":[{"role":"user","content":"a"}],"tools":7}                | tools has the wrong type
          {"messages":[{"role":"user","content":"a"}],"model":["a"]}            | model has the wrong type
          {"messages":[{"role":"user","content":"a"}],"tools":["shell"]}        | tools[0] is not one of the values allowed
          {"messages":[{"role":"user","content":"a"}],"tools":["web_search_preview"]} | tools[0] is not one of the values allowed
          {"messages":[{"role":"user","content":"a"}],"tools":["web_search","file_search"]} | tools[1] is not available
          {"messages":[{"role":"user","content":"a"}],"tools":[null]}           | tools[0] is missing
          {"messages":[{"role":"user","content":"a"}],"tools":[{"type":"web_search"}]} | tools[0] has the wrong type
          {"messages":[{"role":"user","content":"a"}],"reasoning":"text"}       | reasoning is not one of the values allowed
          {"messages":[{"role":"user","content":"a"}],"reasoning":{"effort":"high"}} | reasoning has the wrong type
          {"messages":[]}                                                       | messages is empty
          {"messages":null}                                                     | messages is empty
          {}                                                                    | messages is empty
          {"messages":[{"role":"assistant","content":"a"}]}                     | messages: the last one is not the user's
          {"messages":[{"role":"user","content":"a"},{"role":"system","content":"b"}]} | messages: the last one is not the user's
          {"messages":[{"role":"user","content":"a"}                            | The body is not valid JSON.
          {"messages":[{"role":"user","content":"a"}]} {}                       | The body is not valid JSON.
          hello                                                                 | The body is not valid JSON.
          null                                                                  | The body is missing or cannot be read.
          ``                                                                    | The body is missing or cannot be read.
          """)
  void namesTheInvalidFieldAndTheProblem(String body, String message) {
    assertError(client.exchange(body), 400, "invalid_request", message, false);
  }

  static Stream<String> invalidRequestsWithACanary() {
    return Stream.of(
        "{\"messages\":[{\"role\":\"user\",\"content\":\"CANARY\",\"name\":\"CANARY\"}]}",
        "{\"messages\":[{\"role\":\"CANARY\",\"content\":\"CANARY\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":{\"a\":\"CANARY\"}}]}",
        "{\"messages\":[\"CANARY\"]}",
        "{\"messages\":\"CANARY\"}",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"CANARY\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"CANARY\"},null]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"CANARY",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"CANARY\"}]} CANARY",
        "CANARY");
  }

  @ParameterizedTest
  @MethodSource("invalidRequestsWithACanary")
  void neverQuotesContentInAnError(String body) {
    MockHttpServletResponse response = client.exchange(body.replace("CANARY", CANARY));

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(text(response)).contains("invalid_request").doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[{\"role\":\"user\",\"content\":5}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":1.5}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":true}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\",\"content\":\"b\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"role\":\"user\",\"content\":\"a\"}]}",
        "{\"messages\":[],\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"
      })
  void rejectsAValueThatIsNoTextAndADuplicateKey(String body) {
    MockHttpServletResponse response = client.exchange(body);

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void rejectsACompressedBody() {
    MockHttpServletResponse response =
        client.send(client.chat(aQuestion()).header("Content-Encoding", "gzip"));

    assertThat(response.getStatus()).isEqualTo(415);
    assertThat(text(response)).contains("unsupported_media_type");
  }

  @Test
  void sendsNoRejectedRequestToTheUpstream() {
    client.exchange("{}");

    assertThat(upstream.requests()).isEmpty();
  }
}

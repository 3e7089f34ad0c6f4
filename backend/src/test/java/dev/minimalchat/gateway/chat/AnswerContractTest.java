package dev.minimalchat.gateway.chat;

import static dev.minimalchat.gateway.chat.ChatRequests.aQuestion;
import static dev.minimalchat.gateway.chat.ChatRequests.messages;
import static dev.minimalchat.gateway.chat.ResponseAssertions.assertError;
import static dev.minimalchat.gateway.chat.ResponseAssertions.header;
import static dev.minimalchat.gateway.chat.ResponseAssertions.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.FakeUpstream;
import dev.minimalchat.gateway.upstream.HostedTool;
import dev.minimalchat.gateway.upstream.UpstreamEvent.Completed;
import dev.minimalchat.gateway.upstream.UpstreamEvent.TextDelta;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

/// The format of an answer and its request id.
@GatewayContractTest
class AnswerContractTest {
  @Autowired ApiClient client;
  @Autowired @AutoClose FakeUpstream upstream;

  @Test
  void streamsTheAnswerWithTheDocumentedHeaders() {
    upstream.emits(new TextDelta("Hi"), new Completed(null));

    MockHttpServletResponse response = client.exchange(aQuestion());

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).isEqualTo("text/event-stream");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store, no-transform");
    assertThat(response.getHeader("X-Accel-Buffering")).isEqualTo("no");
    assertThat(response.getHeader("X-Request-Id")).isEqualTo("r-1");
  }

  @Test
  void passesTheCallerToTheUpstream() {
    upstream.emits(new Completed(null));
    client.exchange(aQuestion());
    client.exchange(aQuestion());
    client.anotherClient().exchange(aQuestion());

    List<String> callers = upstream.requests().stream().map(UpstreamRequest::caller).toList();
    assertThat(callers.get(1)).isEqualTo(callers.get(0));
    assertThat(callers.get(2)).isNotEqualTo(callers.get(0));
  }

  @Test
  void writesTheEventsInTheDocumentedFormat() {
    upstream.emits(new TextDelta("Hi"), new Completed(null));

    assertThat(text(client.exchange(aQuestion())))
        .isEqualTo(
            """
            id: 0
            event: response.created
            data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_r-1",\
            "object":"response","status":"in_progress","model":"gpt-4.1-mini"}}

            id: 1
            event: response.output_text.delta
            data: {"type":"response.output_text.delta","sequence_number":1,"delta":"Hi"}

            id: 2
            event: response.completed
            data: {"type":"response.completed","sequence_number":2,"response":{"id":"resp_r-1",\
            "object":"response","status":"completed","model":"gpt-4.1-mini"}}

            """);
  }

  @Test
  void requestsTheChosenModelAndFeatures() {
    upstream.emits(new Completed(null));

    String events =
        text(
            client.exchange(
                """
                {"messages":[{"role":"user","content":"a"}],"model":"vendor/other:free",
                 "tools":["web_search","web_search"],"reasoning":"summary"}
                """));

    assertThat(upstream.requests().getFirst().options())
        .isEqualTo(
            AnswerOptions.ofPage(
                "vendor/other:free",
                new AnswerOptions.PageOptions(List.of(HostedTool.WEB_SEARCH), true, false, true)));
    assertThat(events).contains("\"model\":\"vendor/other:free\"");
  }

  @Test
  void refusesAModelThatIsNotOffered() {
    assertError(
        client.exchange(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"model\":\"gpt-5\"}"),
        404,
        "model_not_found",
        "This model is not available. Please choose another.",
        false);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void passesRequestIdAndMessagesToTheUpstream() throws JsonProcessingException {
    upstream.emits(new Completed(null));

    client.exchange(
        messages(
            "{\"role\":\"system\",\"content\":\"a\"}", "{\"role\":\"user\",\"content\":\"b\"}"));

    assertThat(upstream.requests().getFirst().requestId()).isEqualTo("r-1");
    assertThat(new JsonMapper().writeValueAsBytes(upstream.requests().getFirst().input()))
        .asString(UTF_8)
        .isEqualTo(
            "[{\"role\":\"system\",\"content\":\"a\",\"phase\":null},{\"role\":\"user\",\"content\":\"b\",\"phase\":null}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A.b_c-9",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void keepsAValidRequestIdFromTheClient(String id) {
    MockHttpServletResponse response = client.send(client.post().header("X-Request-Id", id));

    assertThat(response.getHeader("X-Request-Id")).isEqualTo(id);
    assertThat(text(response)).contains("\"request_id\":\"" + id + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "ä",
        "a\nb",
        "<x>",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void replacesAnInvalidRequestId(String id) {
    MockHttpServletResponse response = client.send(client.post().header("X-Request-Id", id));

    String generated = header(response, "X-Request-Id");
    assertThat(generated).matches("[A-Za-z0-9._-]{1,64}").isNotEqualTo(id);
    assertThat(text(response)).contains("\"request_id\":\"" + generated + "\"");
  }
}

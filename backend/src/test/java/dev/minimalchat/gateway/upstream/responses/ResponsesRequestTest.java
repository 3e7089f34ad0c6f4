package dev.minimalchat.gateway.upstream.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.minimalchat.gateway.json.JsonText;
import dev.minimalchat.gateway.upstream.AnswerOptions;
import dev.minimalchat.gateway.upstream.Attachments;
import dev.minimalchat.gateway.upstream.HostedTool;
import dev.minimalchat.gateway.upstream.InputItem;
import dev.minimalchat.gateway.upstream.Message;
import dev.minimalchat.gateway.upstream.ProviderFeatures;
import dev.minimalchat.gateway.upstream.ProviderSettings;
import dev.minimalchat.gateway.upstream.Role;
import dev.minimalchat.gateway.upstream.SocketProvider;
import dev.minimalchat.gateway.upstream.SocketProvider.Call;
import dev.minimalchat.gateway.upstream.UpstreamProperties;
import dev.minimalchat.gateway.upstream.UpstreamRequest;
import dev.minimalchat.gateway.upstream.resilience.StreamCollector;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The HTTP request to the provider: request line, headers and body.
class ResponsesRequestTest {
  private static final JsonMapper JSON = new JsonMapper();

  @AutoClose private final SocketProvider provider = new SocketProvider();

  @Test
  void postsToTheResponsesPathOfTheBaseUrl() {
    assertThat(callOf(ProviderSettings.defaults(provider.base())).line())
        .isEqualTo("POST /v1/responses HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//"})
  void acceptsABaseUrlWithTrailingSlashes(String slash) {
    URI base = URI.create(provider.base() + slash);

    assertThat(callOf(ProviderSettings.defaults(base)).line())
        .isEqualTo("POST /v1/responses HTTP/1.1");
  }

  @Test
  void sendsTheKeyAndTheRequestIdInHeaders() {
    Call call = callOf(ProviderSettings.defaults(provider.base()));

    assertThat(call.headers())
        .containsEntry("authorization", "Bearer " + ProviderSettings.KEY)
        .containsEntry("x-request-id", "request-1")
        .containsEntry("x-client-request-id", "request-1")
        .containsEntry("accept", "text/event-stream")
        .containsEntry("accept-encoding", "identity")
        .containsEntry("user-agent", "minimal-chatbot")
        .hasEntrySatisfying(
            "content-type", type -> assertThat(type).startsWith("application/json"));
  }

  @Test
  void sendsNoHeaderForAnUnsupportedFeature() {
    assertThat(callOf(ProviderSettings.defaults(provider.base())).headers())
        .doesNotContainKeys("cookie", "expect", "te", "upgrade");
  }

  @Test
  void sendsOnlyTheRequiredFieldsByDefault() throws IOException {
    UpstreamRequest request =
        new UpstreamRequest(
            "request-1",
            List.of(
                new Message(Role.SYSTEM, JsonText.of("Be brief.")),
                new Message(Role.USER, JsonText.of("Hi \"there\"\n\u2028é👋")),
                new Message(Role.ASSISTANT, JsonText.of("Hello!")),
                new Message(Role.USER, JsonText.of("Who am I?"))));
    Call call = callOf(ProviderSettings.defaults(provider.base()), request);

    assertThat(JSON.readTree(call.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"model":"test-model",
                 "input":[
                   {"type":"message","role":"system","content":"Be brief."},
                   {"type":"message","role":"user","content":"Hi \\"there\\"\\n\\u2028é👋"},
                   {"type":"message","role":"assistant","content":"Hello!"},
                   {"type":"message","role":"user","content":"Who am I?"}],
                 "stream":true,
                 "store":false}
                """));
  }

  @Test
  void sendsTheConfiguredOptionalFields() throws IOException {
    Call call = callOf(ProviderSettings.of(provider.base(), "You are terse.", 256, 0.5));

    assertThat(JSON.readTree(call.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"model":"test-model",
                 "instructions":"You are terse.",
                 "input":[{"type":"message","role":"user","content":"Hello?"}],
                 "stream":true,
                 "store":false,
                 "max_output_tokens":256,
                 "temperature":0.5}
                """));
  }

  @Test
  void severalSystemMessagesAreOne() throws IOException {
    UpstreamRequest request =
        new UpstreamRequest(
            "request-1",
            List.of(
                new Message(Role.SYSTEM, JsonText.of("Be \"brief\".")),
                new Message(Role.SYSTEM, JsonText.of("Use tools.\né")),
                new Message(Role.USER, JsonText.of("Hi")),
                new Message(Role.SYSTEM, JsonText.of("It is noon."))));

    assertThat(JSON.readTree(callOf(ProviderSettings.defaults(provider.base()), request).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"model":"test-model",
                 "instructions":"Be \\"brief\\".\\n\\nUse tools.\\né",
                 "input":[{"type":"message","role":"user","content":"Hi"},
                          {"type":"message","role":"system","content":"It is noon."}],
                 "stream":true,
                 "store":false}
                """));
  }

  @Test
  void theOperatorsPromptIsTheFirstOfSeveral() throws IOException {
    JsonNode body =
        bodyWithSystemPrompt(
            new Message(Role.SYSTEM, JsonText.of("Answer in French.")),
            new Message(Role.USER, JsonText.of("Hi")));

    assertThat(body.get("instructions").asText()).isEqualTo("You are terse.\n\nAnswer in French.");
    assertThat(body.get("input").findValuesAsText("content")).containsExactly("Hi");
  }

  @Test
  void aConversationIsNeverEmpty() throws IOException {
    JsonNode body = bodyWithSystemPrompt(new Message(Role.SYSTEM, JsonText.of("Say hello.")));

    assertThat(body.get("instructions").asText()).isEqualTo("You are terse.");
    assertThat(body.get("input").findValuesAsText("content")).containsExactly("Say hello.");
  }

  private JsonNode bodyWithSystemPrompt(Message... messages) throws IOException {
    UpstreamProperties settings = ProviderSettings.of(provider.base(), "You are terse.", 256, 0.5);
    UpstreamRequest request = new UpstreamRequest("request-1", List.of(messages));
    return JSON.readTree(callOf(settings, request).body());
  }

  @Test
  void sendsThePhaseOfAnAnswerBack() throws IOException {
    UpstreamRequest request =
        new UpstreamRequest(
            "request-1",
            List.of(new Message(Role.ASSISTANT, JsonText.of("Hello!"), "final_answer")));
    UpstreamProperties settings = ProviderSettings.defaults(provider.base());

    assertThat(JSON.readTree(callOf(settings, request).body()).at("/input/0/phase").asText())
        .isEqualTo("final_answer");
    assertThat(JSON.readTree(callOf(settings, request.forFallback()).body()).at("/input/0"))
        .isEqualTo(
            JSON.readTree("{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"Hello!\"}"));
  }

  @Test
  void sendsSearchesAndTheSummaryOnlyIfTheClientAsksForThem() throws IOException {
    ProviderFeatures features =
        new ProviderFeatures("low", "auto", true, "web_search", List.of("vs_1", "vs_2"));

    assertThat(JSON.readTree(callOf(features, aPageRequest(List.of(), false)).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"model":"test-model",
                 "input":[{"type":"message","role":"user","content":"Hello?"}],
                 "stream":true,
                 "store":false,
                 "reasoning":{"effort":"low"}}
                """));
    assertThat(
            JSON.readTree(
                callOf(features, aPageRequest(List.of(HostedTool.values()), true)).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"model":"test-model",
                 "input":[{"type":"message","role":"user","content":"Hello?"}],
                 "stream":true,
                 "store":false,
                 "reasoning":{"effort":"low","summary":"auto"},
                 "tools":[{"type":"web_search"},
                          {"type":"file_search","vector_store_ids":["vs_1","vs_2"]}],
                 "max_tool_calls":8}
                """));
  }

  @Test
  void sendsAttachmentsAfterTheText() throws IOException {
    List<InputItem.Part> parts =
        List.of(
            InputItem.Part.text(JsonText.of("What is this?")),
            Attachments.image(JsonText.of("data:image/png;base64,iVBORw0KGgo="), "low", "p"),
            Attachments.image(JsonText.of("data:image/png;base64,iVBORw0KGgo="), null, "p"),
            Attachments.file(
                "a.pdf", JsonText.of("data:application/pdf;base64,JVBERi0xLjQ="), "p"));
    UpstreamRequest request =
        new UpstreamRequest("request-1", List.of(new InputItem.MultipartMessage(Role.USER, parts)));

    assertThat(
            JSON.readTree(callOf(ProviderSettings.defaults(provider.base()), request).body())
                .at("/input/0/content"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"type":"input_text","text":"What is this?"},
                 {"type":"input_image","image_url":"data:image/png;base64,iVBORw0KGgo=","detail":"low"},
                 {"type":"input_image","image_url":"data:image/png;base64,iVBORw0KGgo=","detail":"auto"},
                 {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0xLjQ="}]
                """));
  }

  @Test
  void limitsOnlySearchesOfOpenAi() throws IOException {
    ProviderFeatures features =
        new ProviderFeatures(null, null, false, "openrouter:web_search", List.of());

    JsonNode body =
        JSON.readTree(callOf(features, aPageRequest(List.of(HostedTool.values()), true)).body());

    assertThat(body.path("tools"))
        .isEqualTo(JSON.readTree("[{\"type\":\"openrouter:web_search\"}]"));
    assertThat(body.has("max_tool_calls")).isFalse();
    assertThat(body.has("reasoning")).isFalse();
  }

  private static UpstreamRequest aPageRequest(List<HostedTool> tools, boolean reasoning) {
    AnswerOptions options =
        AnswerOptions.ofPage(
            ProviderSettings.MODEL, new AnswerOptions.PageOptions(tools, reasoning, false, true));
    return new UpstreamRequest("request-1", OpenAiClient.aRequest().input(), options);
  }

  private Call callOf(ProviderFeatures features, UpstreamRequest request) {
    UpstreamProperties settings = ProviderSettings.defaults(provider.base());
    try (OpenAiClient client = new OpenAiClient(settings, features);
        StreamCollector _ = new StreamCollector(client.stream(request))) {
      return provider.take();
    }
  }

  /// Sends a request with these settings and returns it as received.
  private Call callOf(UpstreamProperties properties) {
    return callOf(properties, OpenAiClient.aRequest());
  }

  private Call callOf(UpstreamProperties properties, UpstreamRequest request) {
    try (OpenAiClient client = new OpenAiClient(properties);
        StreamCollector _ = new StreamCollector(client.stream(request))) {
      return provider.take();
    }
  }
}
